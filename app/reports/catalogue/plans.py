"""Plans, I20–I33, and what their clients went on to, I60."""

from __future__ import annotations

from app.reports.catalogue.indicator import Behind, Direction, Indicator, Kind, Measure, Overlap, audiences
from app.reports.dimensions import OF_CLIENT

# B5–B13.
_BACKGROUND = tuple(key for key in OF_CLIENT if key != "TIME_SINCE_PERMIT")

INDICATORS = (
    Indicator(id="I20", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=(*_BACKGROUND, "COUNTY", "PLAN_ORDINAL"), audiences=audiences(2, 8),
              basis="681/2023 §§ 16, 18–20", unit="PLANS"),
    Indicator(id="I21", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SPREAD, dimensions=("RESPONSIBLE",), audiences=audiences(2, 7), basis="681/2023 § 20.1",
              direction=Direction.DOWN, unit="DAYS"),
    Indicator(id="I22", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("RESIDENCE_GROUND",), audiences=audiences(3, 7),
              basis="681/2023 §§ 20.3–20.4", direction=Direction.UP, unit="PLANS"),
    Indicator(id="I23", behind=Behind.CLIENT, overlaps={"SERVICE_TYPE": Overlap.SOME}, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("RESPONSIBLE", "SERVICE_TYPE"), audiences=audiences(2, 7),
              basis="681/2023 § 20.5", direction=Direction.UP, unit="PLANS"),
    Indicator(id="I24", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.SHARE, dimensions=("RESPONSIBLE",), audiences=audiences(1, 7), basis="681/2023 § 22.1",
              direction=Direction.UP, unit="PLANS"),
    Indicator(id="I25", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=(), audiences=audiences(1, 3, 5), basis="681/2023 § 22.1",
              direction=Direction.DOWN, unit="PLANS"),
    Indicator(id="I26", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SPREAD, dimensions=("EDUCATION",), audiences=audiences(3, 7), basis="681/2023 § 23",
              unit="MONTHS"),
    Indicator(id="I27", behind=Behind.CLIENT, overlaps={"EXTENSION_GROUND": Overlap.EVERYBODY}, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("EDUCATION", "EXTENSION_GROUND"), audiences=audiences(3, 7),
              basis="681/2023 §§ 23.3–23.4, 31.1"),
    Indicator(id="I28", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=(), audiences=audiences(1, 3), basis="681/2023 §§ 23, 31.1", unit="PLANS"),
    Indicator(id="I29", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=(*_BACKGROUND, "PLAN_END_REASON"), audiences=audiences(3, 8),
              basis="681/2023 § 23", unit="PLANS"),
    Indicator(id="I30", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("GOAL_TYPE",), audiences=audiences(3, 7),
              basis="681/2023 §§ 18, 22; 874/2024 § 3", direction=Direction.UP, unit="GOALS"),
    Indicator(id="I31", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=(), audiences=audiences(3, 7), basis="681/2023 § 20.2", unit="PLANS"),
    Indicator(id="I32", behind=Behind.CLIENT, overlaps={"HINDRANCE": Overlap.EVERYBODY}, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("HINDRANCE",), audiences=audiences(2, 7), basis="874/2024 § 3",
              direction=Direction.DOWN, unit="REVIEWS"),
    Indicator(id="I33", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=(), audiences=audiences(3, 7), basis="681/2023 § 18.4",
              direction=Direction.UP, unit="PLANS"),
    Indicator(id="I60", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=_BACKGROUND, audiences=audiences(3, 8), basis="681/2023 §§ 23, 56.1",
              direction=Direction.UP, unit="PLANS"),
)  # fmt: skip
