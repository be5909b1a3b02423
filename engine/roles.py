"""Who may do what with a task. Pure rules over posts; knows no store, no page and no city file."""

from __future__ import annotations

from collections.abc import Collection

from engine.errors import NotYours, TaskGone, TaskHeld
from engine.model import Actor, ActorKind, Post, StandIn, Task

APPLICANT = "pemohon"
USER = "user:"
"""Prefix of an addressee who is one colleague, by login."""
"""The role id of whoever asked: a lane with this role waits for the citizen, not for the office."""


def fits(post: Post, role: str, unit: str | None) -> bool:
    """Whether a post covers work for a role in a unit. A post without unit covers all units of its role."""
    return post.role == role and (post.unit is None or unit is None or post.unit == unit)


def covers(posts: Collection[Post], task: Task) -> bool:
    """Whether one of these posts covers the task."""
    return any(fits(post, task.role, task.unit) for post in posts)


def may_work(actor: Actor, task: Task) -> bool:
    """Whether the task lies within one of the actor's posts, or is work of somebody they stand in for."""
    return covers(actor.work_posts, task) or any(one.login == task.holder for one in actor.stands_in)


def worked_for(actor: Actor, task: Task) -> StandIn | None:
    """For whom the actor would do the task: for its holder, else for whose post covers it; None: as themselves."""
    if task.holder is not None:
        return next((one for one in actor.stands_in if one.login == task.holder), None)
    if not actor.stands_in or covers(actor.posts, task):
        return None
    return next((one for one in actor.stands_in if covers(one.posts, task)), None)


def require_open(task: Task) -> None:
    """Raise TaskGone, with who was quicker, unless the task still waits to be done."""
    if task.closed_at is not None:
        raise TaskGone(task.id, task.closed_by, task.closed_at)


def require_may_complete(actor: Actor, task: Task, kept_out: Collection[str] = ()) -> StandIn | None:
    """Raise NotYours or TaskHeld unless the actor may finish the task now. Returns for whom, as `worked_for`.

    `kept_out` are logins whom a rule of the diagram excludes (conflict of interest): neither they nor a substitute of
    theirs may. A task nobody holds may be finished at once by anyone of its role; held by another, it must be released
    first, unless one stands in for them.
    """
    if actor.kind is ActorKind.CITIZEN:
        if task.role != APPLICANT or task.case_id != actor.id:
            raise NotYours(task.role)
        return None
    if not may_work(actor, task):
        raise NotYours(task.role)
    stand_in = worked_for(actor, task)
    if actor.id in kept_out or (stand_in and stand_in.login in kept_out):
        raise NotYours(task.role, "conflict")
    if stand_in is None and task.holder not in (None, actor.id):
        raise TaskHeld(task.holder or "")
    return stand_in


def may_complete(actor: Actor, task: Task, kept_out: Collection[str] = ()) -> bool:
    """The same as an answer."""
    try:
        require_may_complete(actor, task, kept_out)
    except (NotYours, TaskHeld):
        return False
    return True


def oversees(actor: Actor, posts: Collection[Post], supervising: Collection[str]) -> bool:
    """Whether the actor supervises somebody with these posts: everybody, or whoever has a post in the actor's unit.

    `supervising` are the roles that oversee the work of others.
    """
    own = [post for post in actor.posts if post.role in supervising]
    return any(one.unit is None or any(post.unit == one.unit for post in posts) for one in own)


def may_stand_in(posts: Collection[Post], of: Collection[Post]) -> bool:
    """Whether these posts hold every role of the others, in the same unit or in all: then nobody must allow it.

    Whoever has another role may stand in only where a supervisor says so.
    """
    return all(any(fits(post, one.role, one.unit) for post in posts) for one in of)


def require_may_hold(login: str, posts: Collection[Post], task: Task, kept_out: Collection[str] = ()) -> None:
    """Raise NotYours unless a colleague with these posts could be given the task; `kept_out` as above."""
    if not covers(posts, task):
        raise NotYours(task.role, f"not a post of {login}")
    if login in kept_out:
        raise NotYours(task.role, "conflict")
