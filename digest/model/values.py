"""`@dataclass` for frozen, slotted values, at a tenth of the cost: a hundred of them are half of the start of a build.

The standard library compiles six methods of each class when that is defined. Here five of them are made of parts that
are there, and the sixth, `__init__`, is compiled when the first value is made: of most classes a build makes none.
All else, the fields and the slots, is done by the standard library, and `dataclasses.fields` and `replace` work.
"""

# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202 - types are those of the standard library, which is what a checker sees
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - so that others may import it from here
    from dataclasses import replace as replace  # noqa: PLC0414 - likewise
else:
    import dataclasses
    from operator import attrgetter

    _STATED = {"frozen": True, "slots": True}

    def dataclass(**options):
        """A decorator as `dataclasses.dataclass(frozen=True, slots=True)`; `kw_only` and `order` may be said too."""
        if {name: options.pop(name, None) for name in _STATED} != _STATED:
            raise TypeError("values are frozen and have slots")
        plain = dataclasses.dataclass(init=False, repr=False, eq=options.get("order", False), slots=True, **options)

        def make(kind):
            kind.__doc__ = kind.__doc__ or kind.__name__  # else it is told by the signature, which takes long
            own = set(kind.__dict__)
            made = plain(kind)
            names = [each.name for each in dataclasses.fields(made)]
            methods = {**_SHARED, **_comparison(names), "__init__": _first_init(made)}
            for name, method in methods.items():
                if name not in own:
                    setattr(made, name, method)
            return made

        return make

    def replace(value, **changes):
        """As `dataclasses.replace`, in a fraction of the time; each is a field of `__init__`, which does no more."""
        key = (value.__class__, *changes)
        if key not in _REPLACERS:
            _REPLACERS[key] = _compile_replacer(*key)
        return _REPLACERS[key](value, *changes.values())

    _REPLACERS = {}

    def _compile_replacer(kind, *changed):
        """Gives what copies a value of a type, these fields changed: a quarter of the time of making it anew."""
        new = {name: f"_new{number}" for number, name in enumerate(changed)}
        names = [each.name for each in dataclasses.fields(kind)]
        if odd := ", ".join(name for name in changed if name not in names):
            raise TypeError(f"{kind.__name__} has no field {odd}")
        lines = [f" value.{name} = {new.get(name, f'_old.{name}')}\n" for name in names]
        body = f" value = _make(_open)\n{''.join(lines)} value.__class__ = _kind\n return value"
        known = {"_make": object.__new__, "_open": _open(kind), "_kind": kind}
        exec(f"def copy({', '.join(['_old', *new.values()])}):\n{body}", known)  # noqa: S102 - names of fields
        return known["copy"]

    def _open(kind):
        """A class of the same slots that is not frozen."""
        return type(kind.__name__, kind.__bases__, {"__slots__": kind.__slots__, "__setattr__": object.__setattr__})

    def _first_init(kind):
        """What compiles the initialiser when it is first called."""

        def __init__(self, *given, **named):  # noqa: N807 - it is that of a class
            kind.__init__ = _compile_init(kind)
            kind.__init__(self, *given, **named)

        return __init__

    def _compile_init(kind):
        """Fills a value while it passes for one of a class that is not frozen: a tenth of a call for each slot."""
        known = {"_become": object.__dict__["__class__"].__set__, "_open": _open(kind), "_kind": kind}
        places, words, lines = [], [], []
        for number, each in enumerate(dataclasses.fields(kind)):
            value = each.name
            if each.default is not dataclasses.MISSING:
                known[f"_default{number}"] = each.default
                parameter = f"{each.name}=_default{number}"
            elif each.default_factory is not dataclasses.MISSING:
                known[f"_default{number}"], known["_missing"] = each.default_factory, dataclasses.MISSING
                parameter = f"{each.name}=_missing"
                value = f"_default{number}() if {each.name} is _missing else {each.name}"
            else:
                parameter = each.name
            (words if each.kw_only else places).append(parameter)
            lines.append(f" self.{each.name} = {value}\n")
        head = ", ".join(["self", *places, *(["*", *words] if words else [])])
        body = f" _become(self, _open)\n{''.join(lines)} self.__class__ = _kind"
        exec(f"def __init__({head}):\n{body}", known)  # noqa: S102 - names of fields
        return known["__init__"]

    def _comparison(names):
        get = attrgetter(*names) if names else type

        def __eq__(self, other):  # noqa: N807 - it is that of a class
            return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self):  # noqa: N807 - it is that of a class
            return hash(get(self))

        return {"__eq__": __eq__, "__hash__": __hash__}

    def _repr(self):
        told = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
        return f"{self.__class__.__qualname__}({told})"

    def _set(_self, name, _value):
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delete(_self, name):
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def _get_state(self):
        return [getattr(self, each.name) for each in dataclasses.fields(self)]

    def _set_state(self, state):
        for each, value in zip(dataclasses.fields(self), state, strict=True):
            object.__setattr__(self, each.name, value)

    _SHARED = {
        "__repr__": _repr,
        "__setattr__": _set,
        "__delattr__": _delete,
        "__getstate__": _get_state,
        "__setstate__": _set_state,
    }
