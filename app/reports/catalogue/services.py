"""Services, I40–I50."""

from __future__ import annotations

from app.reports.catalogue.indicator import Behind, Direction, Indicator, Kind, Measure, Overlap, Status, audiences

INDICATORS = (
    Indicator(id="I40", behind=Behind.CLIENT, overlaps={"SERVICE_TYPE": Overlap.EVERYBODY}, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=("RESPONSIBLE", "SERVICE_TYPE"), audiences=audiences(2, 7),
              basis="681/2023 §§ 19, 24–27"),
    Indicator(id="I41", behind=Behind.CLIENT, overlaps={"SERVICE_TYPE": Overlap.EVERYBODY}, kind=Kind.FLOW, measure=Measure.SPREAD, dimensions=("SERVICE_TYPE",), audiences=audiences(2, 7), basis="681/2023 § 20.5",
              direction=Direction.DOWN, unit="DAYS"),
    Indicator(id="I42", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("RESPONSIBLE", "EDUCATION"), audiences=audiences(3, 8),
              basis="681/2023 §§ 26–27", direction=Direction.UP),
    Indicator(id="I43", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("EDUCATION",), audiences=audiences(3, 8), basis="681/2023 §§ 26–27",
              direction=Direction.UP),
    Indicator(id="I44", behind=Behind.CLIENT, overlaps={"TEST_PART": Overlap.SOME}, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("EDUCATION", "TEST_LANGUAGE", "TEST_PART"), audiences=audiences(3, 8),
              basis="681/2023 § 26.3", direction=Direction.UP),
    Indicator(id="I45", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.MEAN, dimensions=("EDUCATION", "SERVICE_TYPE"), audiences=audiences(3, 7),
              basis="681/2023 § 26", direction=Direction.UP, unit="STEPS"),
    Indicator(id="I46", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.SHARE, dimensions=("MOTHER_TONGUE", "ORIENTATION_LANGUAGE"), audiences=audiences(3, 7),
              basis="681/2023 § 25; 576/2024", direction=Direction.UP),
    Indicator(id="I47", behind=Behind.CLIENT, overlaps={"SERVICE_TYPE": Overlap.EVERYBODY, "DISCONTINUE_REASON": Overlap.SOME}, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("SERVICE_TYPE", "DISCONTINUE_REASON"), audiences=audiences(2, 7),
              basis="681/2023 § 22; 874/2024 § 3", direction=Direction.DOWN),
    Indicator(id="I48", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=("RESPONSIBLE", "STUDY_SUPPORT"), audiences=audiences(3, 7),
              basis="681/2023 §§ 28–31", status=Status.EXTERNAL),
    Indicator(id="I49", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.SHARE, dimensions=(), audiences=audiences(3, 8), basis="681/2023 §§ 5, 26"),
    Indicator(id="I50", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("APPOINTMENT_PURPOSE",), audiences=audiences(2, 3, 6),
              basis="681/2023 § 32 a", direction=Direction.DOWN, unit="APPOINTMENTS"),
)  # fmt: skip
