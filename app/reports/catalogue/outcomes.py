"""What became of people after the plan, reception and money, I61–I76: of other registers, whose series are brought in."""

from __future__ import annotations

from app.reports.catalogue.indicator import Behind, Direction, Indicator, Kind, Measure, Status, audiences

_BACKGROUND = ("GENDER", "AGE_GROUP", "RESIDENCE_GROUND", "MOTHER_TONGUE", "CITIZENSHIP", "EDUCATION")

INDICATORS = (
    Indicator(id="I61", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=(*_BACKGROUND, "FOLLOW_UP"), audiences=audiences(3, 8),
              basis="681/2023 §§ 53, 56.1", direction=Direction.UP, status=Status.EXTERNAL),
    Indicator(id="I62", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=(*_BACKGROUND, "FOLLOW_UP"), audiences=audiences(3, 8),
              basis="681/2023 §§ 53, 56.1", direction=Direction.UP, status=Status.EXTERNAL),
    Indicator(id="I63", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.SHARE, dimensions=("GENDER", "CITIZENSHIP"), audiences=audiences(3, 8),
              basis="681/2023 §§ 53, 56.1", direction=Direction.UP, status=Status.EXTERNAL),
    Indicator(id="I64", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.SHARE, dimensions=("GENDER", "CITIZENSHIP", "UNEMPLOYMENT"), audiences=audiences(3, 8),
              basis="681/2023 §§ 53, 56.1", direction=Direction.DOWN, status=Status.EXTERNAL),
    Indicator(id="I65", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.SHARE, dimensions=("GENDER",), audiences=audiences(3, 8), basis="681/2023 §§ 53, 56.1",
              direction=Direction.DOWN, status=Status.EXTERNAL),
    Indicator(id="I66", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("STUDY_FORM",), audiences=audiences(3, 8), basis="681/2023 §§ 53, 56.1",
              direction=Direction.DOWN, status=Status.EXTERNAL),
    Indicator(id="I67", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("RESIDENCE_GROUND", "MOVED_WITHIN"), audiences=audiences(5, 7, 3),
              basis="681/2023 § 56.1", direction=Direction.DOWN, status=Status.EXTERNAL),
    Indicator(id="I70", behind=Behind.NOBODY, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=("RESIDENCE_GROUND", "PLACE_STAGE"), audiences=audiences(5, 7, 3),
              basis="681/2023 §§ 42–43", status=Status.EXTERNAL, unit="PLACES"),
    Indicator(id="I71", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SPREAD, dimensions=(), audiences=audiences(5, 7), basis="681/2023 § 43",
              direction=Direction.DOWN, status=Status.EXTERNAL, unit="DAYS"),
    Indicator(id="I72", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=(), audiences=audiences(5, 7), basis="681/2023 § 43.4",
              status=Status.EXTERNAL),
    Indicator(id="I73", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=("RESIDENCE_GROUND", "AGE_GROUP"), audiences=audiences(6, 6, 3),
              basis="681/2023 § 61", status=Status.EXTERNAL),
    Indicator(id="I74", behind=Behind.NOBODY, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=(), audiences=audiences(6, 6, 3), basis="681/2023 § 61; 872/2024",
              status=Status.EXTERNAL, unit="EUROS"),
    Indicator(id="I75", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=("MONTHS_AHEAD",), audiences=audiences(3, 3), basis="681/2023 § 61.3",
              status=Status.EXTERNAL),
    Indicator(id="I76", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=(), audiences=audiences(3, 3), basis="681/2023 § 70.1",
              direction=Direction.DOWN, status=Status.EXTERNAL, unit="CLAIMS"),
)  # fmt: skip
