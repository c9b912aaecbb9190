# SPDX-License-Identifier: MIT
"""Plans: where each slice runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ttsslice import errors
from ttsslice._lib import NamedEnum, calling
from ttsslice._options import Arena, assign
from ttsslice._ttsslice import lib

SLICES = ("generate", "chunk", "dispatch", "validate", "select", "concat")


class Place(NamedEnum):
    """Where a slice runs."""

    OFF = lib.TTSSLICE_PLACE_OFF
    LOCAL = lib.TTSSLICE_PLACE_LOCAL
    HANDLER = lib.TTSSLICE_PLACE_HANDLER
    HOST = lib.TTSSLICE_PLACE_HOST


@dataclass(frozen=True)
class Plan:
    """One placement per slice. `takes_per_request` 0 means all candidates of a round."""

    generate: Place = Place.LOCAL
    chunk: Place = Place.LOCAL
    dispatch: Place = Place.OFF
    validate: Place = Place.LOCAL
    select: Place = Place.LOCAL
    concat: Place = Place.LOCAL
    takes_per_request: int = 0

    @classmethod
    def named(cls, name: str) -> Plan:
        """"slice0" to "slice5"; ArgumentError otherwise."""
        arena = Arena()
        item = arena.struct("plan")
        with calling() as call:
            call.check(lib.ttsslice_plan_named(arena.string(name, "plan"), item, call.error))
        places = {each: Place(getattr(item, each)) for each in SLICES}
        return cls(takes_per_request=item.takes_per_request, **places)

    def place(self, **places: Place | str) -> Plan:
        """The same plan with some slices elsewhere: `plan.place(validate="host")`.

        Where validate leaves the handler and nothing is said of select, select comes here with it:
        a handler only chooses among takes that it judged.
        """
        unknown = sorted(set(places) - set(SLICES))
        if unknown:
            raise errors.ArgumentError(
                f"slice {unknown[0]!r} is unknown; use one of {', '.join(SLICES)}"
            )
        moved = {name: Place.of(where) for name, where in places.items()}
        if self.select is Place.HANDLER and moved.get("validate", Place.HANDLER) != Place.HANDLER:
            moved.setdefault("select", Place.LOCAL)
        return replace(self, **moved)

    def to_c(self, arena: Arena) -> Any:
        """A `ttsslice_plan *`."""
        item = arena.struct("plan")
        for name in SLICES:
            setattr(item, name, getattr(self, name))
        assign(item, takes_per_request=self.takes_per_request)
        return item


def placed(
    plan: Plan | str,
    place: Mapping[str, Place | str] | None,
    functions: Mapping[str, Callable[..., Any]],
    own_generator: bool,
) -> Plan:
    """The plan with the application's functions in their slices, and then `place` as it says."""
    if not isinstance(plan, (Plan, str)):
        raise TypeError(f"plan must be a Plan or its name, not {type(plan).__name__}")
    if not isinstance(place, (Mapping, type(None))):
        raise TypeError(
            f"place must be a mapping, as {{'validate': 'off'}}, not {type(place).__name__}"
        )
    where = plan if isinstance(plan, Plan) else Plan.named(plan)
    where = where.place(**dict.fromkeys(functions, Place.HOST))
    if own_generator and where.generate is Place.LOCAL:
        where = where.place(generate=Place.HOST)
    return where.place(**dict(place or {}))


def check_engines(
    plan: Plan | str,
    place: Mapping[str, Place | str] | None,
    placed: Plan,
    generator: bool,
    transcriber: bool,
) -> None:
    """ArgumentError for an engine that would be ignored."""

    def refuse(slice: str, what: str, engine: str) -> None:
        named = isinstance(plan, str) and slice not in (place or {})
        raise errors.ArgumentError(
            f"{f'plan {plan}' if named else 'this plan'} {what}; leave {engine} out, or place "
            f"{slice} at local",
            slice=slice,
        )

    if generator and placed.generate is Place.HANDLER:
        refuse("generate", "generates at the handler", "generator")
    if transcriber and placed.validate is Place.HANDLER:
        refuse("validate", "validates at the handler", "transcriber")
    if transcriber and placed.validate is Place.OFF:
        refuse("validate", "has validate off", "transcriber")


def fitting(plan: Plan, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of `render()` for a plan, without engines and functions that it has no use for."""
    given = {**options, "plan": plan, "place": None}
    if plan.generate is Place.HANDLER:
        given.pop("generator", None)
    if plan.validate is not Place.LOCAL:
        given.pop("transcriber", None)
    for name in SLICES[1:]:
        if getattr(plan, name) is not Place.HOST:
            given.pop(name, None)
    return given
