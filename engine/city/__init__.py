"""The city: its calendar, roles, units and regions, read from files. Another city is other files."""

from .city import City, Office, Role, UnitOfCity
from .reading import read_city
from .tables import Region

__all__ = ["City", "Office", "Region", "Role", "UnitOfCity", "read_city"]
