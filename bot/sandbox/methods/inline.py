"""Inline mode: the results a person chooses from after typing @bot and words."""

from bot.sandbox.methods.messages import inline_keyboard
from bot.sandbox.methods.places import Json, method, words
from bot.sandbox.refusal import Refusal
from bot.sandbox.world import World


@method("answerInlineQuery")
def answer_inline_query(world: World, params: Json) -> bool:
    """Offer results for a query, once."""
    number = params["inline_query_id"]
    if world.inline_answers.get(number) != {}:
        raise Refusal(400, "query is too old and response timeout expired or query ID is invalid")
    if len({result["id"] for result in params["results"]}) < len(params["results"]):
        raise Refusal(400, "RESULT_ID_DUPLICATE", fault_of_bot=True)
    results = [_result(world, result) for result in params["results"]]
    optional = {key: params[key] for key in ("next_offset", "button") if key in params}
    world.inline_answers[number] = {"results": results} | optional
    world.changed("inline", number)
    return True


def _result(world: World, result: Json) -> Json:
    """Title and description as offered, and the message that choosing it would send."""
    shown = {key: result.get(key, "") for key in ("id", "title", "description")}
    return shown | {"body": _body(world, result) | inline_keyboard(result.get("reply_markup", {}))}


def _body(world: World, result: Json) -> Json:
    if content := result.get("input_message_content"):
        renamed = {"text": content.get("message_text", ""), "parse_mode": content.get("parse_mode", "")}
        return words(world, renamed | ({"entities": content["entities"]} if "entities" in content else {}))
    file = world.files.get(str(result.get("document_file_id") or result.get("photo_file_id")))
    if file is None:
        raise Refusal(400, "DOCUMENT_INVALID")
    media = (
        {"document": world.document(file)} if "document_file_id" in result else {"photo": [world.photo(file)]}
    )
    return media | words(world, result, "caption", 1024, "caption_")
