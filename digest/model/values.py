"""`@dataclass` for frozen, slotted values, at a tenth of the cost: a hundred of them are half of the start of a build.

The standard library compiles six methods of each class when that is defined. Here five of them are made of parts that
are there, and the sixth, `__init__`, is compiled when it pays: of most classes a build makes few values, or none. What
`dataclasses` keeps of a class, its fields above all, is made by the standard library itself once somebody asks.
"""

# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, ANN204 - types are those of the standard library, which is what a checker sees
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - so that others may import it from here
    from dataclasses import replace as replace  # noqa: PLC0414 - likewise

    def annotations_of(kind: type) -> dict[str, str] | None: ...  # noqa: D103 - below
else:
    import dataclasses
    from operator import attrgetter, ge, gt, le, lt

    _STATED = {"frozen": True, "slots": True}
    _FEW = 8  # values that are filled slot by slot, before it pays to compile what fills them
    _MISSING = dataclasses.MISSING
    # Of each class: {name of a field: (default, what makes it, whether it is given by name only, whether it is told)}.
    _COLUMNS = {}

    def dataclass(*, kw_only=False, order=False, **stated):
        """A decorator as `dataclasses.dataclass(frozen=True, slots=True)`; `kw_only` and `order` may be said too."""
        if stated != _STATED:
            raise TypeError("values are frozen and have slots")

        def make(kind):
            kind.__doc__ = kind.__doc__ or kind.__name__  # else it is told by the signature, which takes long
            own = _own_columns(kind, kw_only=kw_only)
            inherited = {}
            for base in kind.__mro__[:0:-1]:
                inherited |= _COLUMNS.get(base, {})
            columns = inherited | own
            members = {
                **_SHARED,
                **_methods(columns, order=order),
                "__init__": _first_init(columns, lambda: made),
                **{name: member for name, member in kind.__dict__.items() if name not in own},
                "__qualname__": kind.__qualname__,
                "__slots__": tuple([name for name in own if name not in inherited]),
                "__match_args__": tuple([name for name, (_, _, named, _) in columns.items() if not named]),
                "__dataclass_fields__": _Standard(kind, kw_only),
                "__dataclass_params__": _Standard(kind, kw_only),
            }
            for name in ("__dict__", "__weakref__"):  # of a class that has no slots
                members.pop(name, None)
            made = type(kind)(kind.__name__, kind.__bases__, members)
            _COLUMNS[made] = columns
            return made

        return make

    def _own_columns(kind, *, kw_only):
        """What a class says of its fields."""
        columns = {}
        for name, annotation in kind.__annotations__.items():
            if str(annotation).removeprefix("typing.").startswith("ClassVar"):
                continue
            default, factory, named, told = kind.__dict__.get(name, _MISSING), _MISSING, _MISSING, True
            if isinstance(default, dataclasses.Field):
                given = default
                default, factory, named, told = given.default, given.default_factory, given.kw_only, given.repr
            columns[name] = default, factory, kw_only if named is _MISSING else named, told
        return columns

    class _Standard:
        """Stands for what the standard library keeps in a class, and has it made when that is asked for."""

        def __init__(self, kind, kw_only):
            self._kind, self._kw_only = kind, kw_only  # the class as it was before it had slots

        def __set_name__(self, _owner, name):
            self._name = name

        def __get__(self, _value, _owner):
            if "__dataclass_params__" not in self._kind.__dict__:
                dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=self._kw_only)(self._kind)
            return getattr(self._kind, self._name)

    def annotations_of(kind):
        """The fields of a class that was made here, each with the type that is written beside it; none of any other."""
        if kind not in _COLUMNS:
            return None
        told = {}
        for base in kind.__mro__[::-1]:
            told |= vars(base).get("__annotations__", {})
        return {name: told[name] for name in _COLUMNS[kind]}

    def replace(value, **changes):
        """As `dataclasses.replace`, in a fraction of the time; each is a field of `__init__`, which does no more."""
        key = (value.__class__, *changes)
        if key not in _REPLACERS:
            _REPLACERS[key] = _first_replacer(*key)
        return _REPLACERS[key](value, *changes.values())

    _REPLACERS = {}

    def _first_replacer(kind, *changed):
        """Gives what copies the first values slot by slot; what copies all others is then compiled."""
        names = [*_COLUMNS[kind]] if kind in _COLUMNS else [each.name for each in dataclasses.fields(kind)]
        if odd := ", ".join(name for name in changed if name not in names):
            raise TypeError(f"{kind.__name__} has no field {odd}")
        left = _FEW

        def copy(old, *new):
            nonlocal left
            left -= 1
            if left < 0:
                _REPLACERS[(kind, *changed)] = compiled = _compile_replacer(kind, names, changed)
                return compiled(old, *new)
            value = object.__new__(kind)
            given = dict(zip(changed, new, strict=True))
            for name in names:
                object.__setattr__(value, name, given[name] if name in given else getattr(old, name))
            return value

        return copy

    def _compile_replacer(kind, names, changed):
        """Gives what copies a value of a type, these fields changed: a quarter of the time of making it anew."""
        new = {name: f"_new{number}" for number, name in enumerate(changed)}
        lines = [f" value.{name} = {new.get(name, f'_old.{name}')}\n" for name in names]
        body = f" value = _make(_open)\n{''.join(lines)} value.__class__ = _kind\n return value"
        known = {"_make": object.__new__, "_open": _open(kind), "_kind": kind}
        exec(f"def copy({', '.join(['_old', *new.values()])}):\n{body}", known)  # noqa: S102 - names of fields
        return known["copy"]

    def _open(kind):
        """A class of the same slots that is not frozen."""
        return type(kind.__name__, kind.__bases__, {"__slots__": kind.__slots__, "__setattr__": object.__setattr__})

    def _first_init(columns, find_kind):
        """Fills the first values slot by slot; what fills all others, and tells what is amiss, is then compiled."""
        places = [name for name, (_, _, named, _) in columns.items() if not named]
        left = _FEW

        def __init__(self, *given, **named):  # noqa: N807 - it is that of a class
            nonlocal left
            left -= 1
            values = _name_values(columns, places, given, named) if left >= 0 else None
            if values is None:
                kind = find_kind()
                kind.__init__ = _compile_init(kind, columns)
                kind.__init__(self, *given, **named)
                return
            for name, value in values.items():
                object.__setattr__(self, name, value)

        return __init__

    def _name_values(columns, places, given, named):
        """The value of each field; nothing where they are not given as they have to be."""
        values = {**dict(zip(places, given, strict=False)), **named}
        if len(values) < len(given) + len(named):
            return None
        for name, (default, factory, *_) in columns.items():
            if name not in values:
                if default is factory:  # there is neither
                    return None
                values[name] = default if factory is _MISSING else factory()
        return values if len(values) == len(columns) else None

    def _compile_init(kind, columns):
        """Fills a value while it passes for one of a class that is not frozen: a tenth of a call for each slot."""
        known = {"_become": object.__dict__["__class__"].__set__, "_open": _open(kind), "_kind": kind}
        places, words, lines = [], [], []
        for number, (name, (default, factory, named, _)) in enumerate(columns.items()):
            value = parameter = name
            if default is not _MISSING:
                known[f"_default{number}"] = default
                parameter = f"{name}=_default{number}"
            elif factory is not _MISSING:
                known[f"_default{number}"], known["_missing"] = factory, _MISSING
                parameter = f"{name}=_missing"
                value = f"_default{number}() if {name} is _missing else {name}"
            (words if named else places).append(parameter)
            lines.append(f" self.{name} = {value}\n")
        head = ", ".join(["self", *places, *(["*", *words] if words else [])])
        body = f" _become(self, _open)\n{''.join(lines)} self.__class__ = _kind"
        exec(f"def __init__({head}):\n{body}", known)  # noqa: S102 - names of fields
        return known["__init__"]

    def _methods(columns, *, order):
        """What goes over all fields."""
        names = tuple(columns)
        get = attrgetter(*names) if names else type

        def __repr__(self):  # noqa: N807 - it is that of a class
            shown = [name for name, (*_, told) in columns.items() if told]
            told = ", ".join([f"{name}={getattr(self, name)!r}" for name in shown])
            return f"{self.__class__.__qualname__}({told})"

        def __eq__(self, other):  # noqa: N807 - it is that of a class
            return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self):  # noqa: N807 - it is that of a class
            return hash(get(self))

        def __getstate__(self):  # noqa: N807 - it is that of a class
            return [getattr(self, name) for name in names]

        def __setstate__(self, state):  # noqa: N807 - it is that of a class
            for name, value in zip(names, state, strict=True):
                object.__setattr__(self, name, value)

        methods = {
            "__repr__": __repr__,
            "__eq__": __eq__,
            "__hash__": __hash__,
            "__getstate__": __getstate__,
            "__setstate__": __setstate__,
        }
        return methods | (_order(get) if order else {})

    def _order(get):
        def compared(compare):
            def method(self, other):
                return compare(get(self), get(other)) if other.__class__ is self.__class__ else NotImplemented

            return method

        return {f"__{compare.__name__}__": compared(compare) for compare in (lt, le, gt, ge)}

    def _set(_self, name, _value):
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delete(_self, name):
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    _SHARED = {"__setattr__": _set, "__delattr__": _delete}
