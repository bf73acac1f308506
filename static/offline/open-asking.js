/** A figure without a server that may ask instead of walking. */
import { AskingAnswers } from "./asking-answers.js";
import { showFigure } from "./figure.js";

showFigure(AskingAnswers);
