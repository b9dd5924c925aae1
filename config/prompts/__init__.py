"""The bank of weekly reflection prompts: models of reflection and the questions that belong to them.

Texts are the project's own wording, one TOML file per model with both languages side by side, so that
no translation can drift away unseen. A file is read when its model is first asked for.
"""

from config.prompts.bank import Model, Question, Step, model, models, question, questions, themes
from config.prompts.drawing import draw

__all__ = ["Model", "Question", "Step", "draw", "model", "models", "question", "questions", "themes"]
