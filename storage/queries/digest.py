"""The plan of a community's weekly digest."""

from sqlmodel import Session, col, select

from storage.models.digest import DigestPlan


def digest_of(session: Session, community_id: int) -> DigestPlan:
    """The community's plan; the usual one is made where there is none."""
    query = select(DigestPlan).where(col(DigestPlan.community_id) == community_id)
    plan = session.exec(query).one_or_none()
    if plan is None:
        plan = DigestPlan(community_id=community_id)
        session.add(plan)
        session.flush()
    return plan
