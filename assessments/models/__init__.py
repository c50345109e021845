"""Tables, constraints and QuerySets."""

from assessments.models.attempts import Attempt, Goal, ItemResponse
from assessments.models.content import ContentOrigin
from assessments.models.evidence import CLAIM_HOLDS, RUBRICS, Claim, Proof
from assessments.models.facts import Citation, Disagreement, Fact, FactTick, Source
from assessments.models.imports import CategoryPlace, ImportedQuestion, ImportRemark, QuestionImport
from assessments.models.items import (
    OPERATIONAL_ITEMS_NEEDED,
    Calibration,
    CognitiveLevel,
    Forecast,
    Item,
    ItemParameters,
    ItemReference,
    ItemVersion,
    Life,
)
from assessments.models.learners import Learner, User
from assessments.models.panels import PanelRating
from assessments.models.pictures import Picture
from assessments.models.plans import ResourceChoice, StudyPlan
from assessments.models.progress import AreaEstimate
from assessments.models.reports import Report
from assessments.models.resources import Cost, Resource, ResourceKind, ResourceSubskill
from assessments.models.reviews import PracticeAnswer, ReviewCard
from assessments.models.roles import (
    Importance,
    Role,
    RoleArea,
    RoleProfile,
    RoleTarget,
    Seniority,
    SubskillTarget,
)
from assessments.models.skills import Area, AreaAnchor, Level, Misconception, Subskill
from assessments.models.statistics import Demotion, ItemStatistics, ItemToLookAt

__all__ = [
    "CLAIM_HOLDS",
    "OPERATIONAL_ITEMS_NEEDED",
    "RUBRICS",
    "Area",
    "AreaAnchor",
    "AreaEstimate",
    "Attempt",
    "Calibration",
    "CategoryPlace",
    "Citation",
    "Claim",
    "CognitiveLevel",
    "ContentOrigin",
    "Cost",
    "Demotion",
    "Disagreement",
    "Fact",
    "FactTick",
    "Forecast",
    "Goal",
    "ImportRemark",
    "Importance",
    "ImportedQuestion",
    "Item",
    "ItemParameters",
    "ItemReference",
    "ItemResponse",
    "ItemStatistics",
    "ItemToLookAt",
    "ItemVersion",
    "Learner",
    "Level",
    "Life",
    "Misconception",
    "PanelRating",
    "Picture",
    "PracticeAnswer",
    "Proof",
    "QuestionImport",
    "Report",
    "Resource",
    "ResourceChoice",
    "ResourceKind",
    "ResourceSubskill",
    "ReviewCard",
    "Role",
    "RoleArea",
    "RoleProfile",
    "RoleTarget",
    "Seniority",
    "Source",
    "StudyPlan",
    "Subskill",
    "SubskillTarget",
    "User",
]
