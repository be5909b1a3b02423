"""Who may do what with a task. Pure rules over posts; knows no store, no page and no city file."""

from __future__ import annotations

from collections.abc import Collection

from engine.errors import NotYours, TaskHeld
from engine.model import Actor, ActorKind, Post, Task

APPLICANT = "pemohon"
"""The role id of whoever asked: a lane with this role waits for the citizen, not for the office."""


def fits(post: Post, role: str, unit: str | None) -> bool:
    """Whether a post covers work for a role in a unit. A post without unit covers all units of its role."""
    return post.role == role and (post.unit is None or unit is None or post.unit == unit)


def may_work(actor: Actor, task: Task) -> bool:
    """Whether the task lies within one of the actor's posts."""
    return any(fits(post, task.role, task.unit) for post in actor.posts)


def require_may_complete(actor: Actor, task: Task, kept_out: Collection[str] = ()) -> None:
    """Raise NotYours or TaskHeld unless the actor may finish the task now.

    `kept_out` are logins whom a rule of the diagram excludes (conflict of interest).
    A task nobody holds may be finished at once by anyone of its role; held by another, it must be released first.
    """
    if actor.kind is ActorKind.CITIZEN:
        if task.role != APPLICANT or task.case_id != actor.id:
            raise NotYours(task.role)
        return
    if not may_work(actor, task):
        raise NotYours(task.role)
    if actor.id in kept_out:
        raise NotYours(task.role, "conflict")
    if task.holder not in (None, actor.id):
        raise TaskHeld(task.holder or "")


def require_may_hold(login: str, posts: Collection[Post], task: Task, kept_out: Collection[str] = ()) -> None:
    """Raise NotYours unless a colleague with these posts could be given the task; `kept_out` as above."""
    if not any(fits(post, task.role, task.unit) for post in posts):
        raise NotYours(task.role, f"not a post of {login}")
    if login in kept_out:
        raise NotYours(task.role, "conflict")
