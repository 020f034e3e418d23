"""Assessments, I10–I18."""

from __future__ import annotations

from app.reports.catalogue.indicator import Behind, Direction, Indicator, Kind, Measure, audiences
from app.reports.dimensions import OF_BACKGROUND

_BY_GROUND = ("RESPONSIBLE", "ASSESSMENT_GROUND")
_PROFILE = ("EDUCATION", "LITERACY", "FI_SV_LEVEL")

INDICATORS = (
    Indicator(id="I10", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=OF_BACKGROUND, audiences=audiences(2, 7), basis="681/2023 § 14"),
    Indicator(id="I11", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=(*OF_BACKGROUND, "ASSESSMENT_OUTCOME"), audiences=audiences(2, 7),
              basis="681/2023 §§ 14, 16"),
    Indicator(id="I12", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SPREAD, dimensions=_BY_GROUND, audiences=audiences(2, 7), basis="681/2023 § 14.2",
              direction=Direction.DOWN, unit="DAYS"),
    Indicator(id="I13", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SPREAD, dimensions=_BY_GROUND, audiences=audiences(2, 6), basis="681/2023 § 14",
              direction=Direction.DOWN, unit="DAYS"),
    Indicator(id="I14", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("RESIDENCE_GROUND",), audiences=audiences(3, 7), basis="681/2023 § 14.1",
              direction=Direction.UP),
    Indicator(id="I15", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=(), audiences=audiences(3, 7), basis="681/2023 § 14.4", direction=Direction.UP),
    Indicator(id="I16", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("ASSESSMENT_GROUND",), audiences=audiences(3, 7), basis="681/2023 § 16"),
    Indicator(id="I17", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=("ASSESSMENT_GROUND", *_PROFILE), audiences=audiences(3, 8),
              basis="869/2024 § 2", crossings=tuple(("ASSESSMENT_GROUND", key) for key in _PROFILE)),
    Indicator(id="I18", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=(), audiences=audiences(1, 3), basis="681/2023 § 14.1", direction=Direction.DOWN),
)  # fmt: skip
