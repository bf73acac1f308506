"""The words of a request: kinds that read strictly, and the model that refuses words it does not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, model_validator

from app.models.fields import absent
from core.errors import SceneError, unknown
from core.matrices.numbers import TOO_LONG

WHOLE = re.compile(r"-?[0-9]{1,15}")
DIGITS = re.compile(r"-?[0-9]+")
LARGEST = 10**15
TRUE, FALSE = ("1", "true", "yes"), ("0", "false", "no")


def whole_number(value: object, info: ValidationInfo) -> int:
    """Neither ` 1` nor `+1` nor `1_0` nor `1.0`: what a program writes, and no more digits than JSON keeps exact."""
    if isinstance(value, str) and WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) < LARGEST:
            return value
        raise SceneError(str(info.field_name), value, TOO_LONG)
    written = isinstance(value, str) and DIGITS.fullmatch(value)
    raise SceneError(str(info.field_name), value, TOO_LONG if written else "must be a whole number")


def flag(value: object, info: ValidationInfo) -> bool:
    if value is True or value in TRUE:
        return True
    if value is False or value in FALSE:
        return False
    raise SceneError(str(info.field_name), value, "must be 1 or 0")


Whole = Annotated[int, BeforeValidator(whole_number)]
Flag = Annotated[bool, BeforeValidator(flag)]


class Words(BaseModel):
    """The words of one call. Others are refused with the nearest; null, and nothing after `=`, is the default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Words of other calls that somebody may try here, and what to do instead.
    elsewhere: ClassVar[Mapping[str, str]] = {}

    lang: str = absent(
        "language of titles and of refusals; where it is none of the server's, Accept-Language decides",
        examples=["en", "ko", "ko-KR"],
    )

    @model_validator(mode="before")
    @classmethod
    def known(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        for name, value in given.items():
            if name in cls.elsewhere:
                raise SceneError(str(name), value, cls.elsewhere[name])
            if name not in cls.model_fields:
                raise unknown("request", str(name), cls.model_fields)
        for name, field in cls.model_fields.items():
            if field.is_required() and given.get(name) in (None, ""):
                example = (field.examples or [field.description])[0]
                raise SceneError(name, given.get(name, ""), "must be given, such as {example}", example=example)
        return {name: value for name, value in given.items() if value is not None}
