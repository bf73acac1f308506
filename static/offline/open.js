/** A figure without a server that walks. */
import { Answers } from "./answers.js";
import { showFigure } from "./figure.js";

showFigure(Answers);
