"""`NamedTuple` as that of `typing`, at a tenth of the cost: forty of them are a tenth of the start of a build.

The standard library compiles each annotation when a class is defined, and what makes a tuple. Here annotations stay
texts, which `typing.get_type_hints` takes as well, and `__new__` is compiled when it pays: of most classes a build
makes few tuples, or none.
"""

# ruff: noqa: ANN001, ANN002, ANN003, ANN202, ANN204 - types are those of the standard library, which is what a checker sees
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - so that others may import it from here
else:
    from collections import namedtuple

    # What gets the first item of any named tuple, the second, …
    _GETTERS = [
        getter for name, getter in vars(namedtuple("_Wide", map("n{}".format, range(48)))).items() if name[0] == "n"
    ]

    _FEW = 8  # tuples that are filled by name, before it pays to compile what fills them

    class _Maker(type):
        def __new__(cls, name, bases, members):
            if not bases:  # the class below
                return super().__new__(cls, name, bases, members)
            names = tuple(members["__annotations__"])
            if len(names) > len(_GETTERS):
                raise TypeError(f"{name} has more than {len(_GETTERS)} fields")
            defaults = {name: members[name] for name in names if name in members}
            made = type(
                name,
                (tuple,),
                {
                    **_SHARED,
                    **members,
                    **dict(zip(names, _GETTERS, strict=False)),
                    "__new__": _first_new(names, defaults, lambda: made),
                    "__slots__": (),
                    "__match_args__": names,
                    "_fields": names,
                    "_field_defaults": defaults,
                },
            )
            return made

    class NamedTuple(metaclass=_Maker):
        """What has this for its base is no class of it, but one of tuples."""

    def _first_new(names, defaults, find_kind):
        """Fills the first tuples; what fills all others, and tells what is amiss, is then compiled."""
        left, wanted = _FEW, frozenset(names)

        def __new__(cls, *given, **named):  # noqa: N807 - it is that of a class
            nonlocal left
            left -= 1
            told = {**dict(zip(names, given, strict=False)), **named}
            if left >= 0 and len(told) == len(given) + len(named):
                values = defaults | told
                if values.keys() == wanted:
                    return tuple.__new__(cls, map(values.__getitem__, names))
            listed = ", ".join(names)
            make = eval(f"lambda _cls, {listed}: _new(_cls, ({listed},))", {"_new": tuple.__new__})  # noqa: S307 - names of fields
            make.__defaults__ = tuple(defaults.values())
            find_kind().__new__ = staticmethod(make)
            return make(cls, *given, **named)

        return __new__

    def _make(cls, items):
        made = tuple.__new__(cls, items)
        if len(made) != len(cls._fields):
            raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
        return made

    def _replace(self, /, **changes):
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"{self.__class__.__name__} has no fields {list(changes)}")
        return made

    def _items(self):
        return tuple(self)

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def _repr(self):
        return f"{self.__class__.__name__}({', '.join(f'{name}={item!r}' for name, item in self._asdict().items())})"

    _SHARED = {
        "_make": classmethod(_make),
        "_replace": _replace,
        "_asdict": _asdict,
        "__repr__": _repr,
        "__getnewargs__": _items,
    }
