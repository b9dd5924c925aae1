"""The weekly question itself: to the group, and in private to those who want that."""

from datetime import timedelta

from config.texts import lines, say
from handlers.core import asking, planning
from handlers.core.answer import Answer, Button, Said
from handlers.core.context import Context, key
from handlers.core.message import Kind
from handlers.core.router import Router
from storage.models.community import Chat, Person
from storage.models.due import Schedule
from storage.models.prompt import Prompt, PromptPlan
from storage.queries import prompt as plans
from storage.queries.community import chats_of
from storage.rows import fetch

ANSWER_WITHIN = timedelta(hours=24)
router = Router()


@router.on(Kind.ADDED)
def back_again(ctx: Context) -> Said:
    """The bot is in the group again: what fell due meanwhile is past, the next one is not."""
    if ctx.community is not None and not ctx.chat.private:
        planning.arm(ctx, plans.plan_of(ctx.session, ctx.community_id))
    return None


def pass_over(ctx: Context, schedule: Schedule) -> Said:
    """Too late to ask: the next one."""
    plan = fetch(ctx.session, PromptPlan, schedule.ref_id)
    if plan is not None and not plan.paused:
        schedule.next_at = planning.rhythm(ctx, plan).look_again(ctx.now)
    return None


@router.due("prompt", grace=timedelta(hours=12), late=pass_over)
def ask(ctx: Context, schedule: Schedule) -> Said:
    """Ask the group, and in private those who wanted that; on days off and in exam weeks nobody."""
    pass_over(ctx, schedule)
    plan = fetch(ctx.session, PromptPlan, schedule.ref_id)
    if plan is None or plan.paused or not planning.rhythm(ctx, plan).has_turn(ctx.due_at or ctx.now):
        return None
    asked = asking.next_question(ctx, plan)
    groups = [_to_group(ctx, asked, chat) for chat in chats_of(ctx.session, ctx.community_id)]
    wanting = plans.wanting(ctx.session, ctx.community_id, ctx.now)
    return groups + [_to_person(ctx, asked, person, chat) for person, chat in wanting]


def _to_group(ctx: Context, asked: Prompt, chat: Chat) -> Answer:
    write = Button(say("prompt-write"), start=f"reflect-{asked.id}")
    text = asking.group_text(asked, chat.language or ctx.here.language, alone=chat.private)
    return Answer(text, [[write]], chat=chat.id, card=f"prompt:{asked.id}")


def _to_person(ctx: Context, asked: Prompt, person: Person, chat: Chat) -> Answer:
    """The question in private; the next words answer it unless something else is still open there."""
    content = {"prompt": key(asked.id), "note": 0}
    within = ctx.now + ANSWER_WITHIN
    plans.wait_for(ctx.session, key(chat.id), key(person.id), "reflect.write", content, ctx.now, within)
    language = person.language or ctx.here.language
    question = say("prompt-private", question=asking.wording(asked, language))
    write = Button(say("prompt-write"), "reflect.ask", str(asked.id), only=person.id)
    return Answer(lines(question, asking.steps(asked, language)), [[write]], chat=chat.id, chosen=True)
