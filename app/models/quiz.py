"""What the file of a set of questions may be asked for: the words of /quiz, read strictly."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.models.fields import absent
from app.models.pages import MOST_LINE, MOST_QUESTIONS, USUAL_QUESTIONS
from app.models.questions import ASK
from app.models.words import Whole, Words

FIGURES = "names of figures, joined by commas"


class QuizFileQuery(Words):
    """Of which figures, and which questions."""

    figures: str = Field(
        pattern=r"[^\s,]", max_length=MOST_LINE, description=FIGURES, examples=["first-steps,max-pool"]
    )
    ask: str = Field("", pattern=r"^[a-z, ]{0,80}$", description=ASK, examples=["value,size"])
    seed: Whole = Field(0, ge=0, description="another seed, other questions, and figures in another order")
    count: Whole = Field(USUAL_QUESTIONS, ge=1, le=MOST_QUESTIONS, description="how many questions")
    theme: Literal["light", "dark"] | None = absent("the visitor's own when left out")
