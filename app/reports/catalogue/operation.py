"""Operation and data protection, I90–I91 and I94–I99."""

from __future__ import annotations

from app.reports.catalogue.indicator import Audience, Behind, Direction, Indicator, Kind, Measure, Overlap, audiences

_OFFICER = frozenset({Audience.OFFICER})

INDICATORS = (
    Indicator(id="I90", behind=Behind.WORKER, overlaps={"WORK_LOAD": Overlap.EVERYBODY}, kind=Kind.STOCK, measure=Measure.SPREAD, dimensions=("WORK_LOAD",), audiences=audiences(2, 3), basis="681/2023 § 72.1",
              unit="CLIENTS"),
    Indicator(id="I91", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=("RULE", "DUE_IN", "RESPONSIBLE"), audiences=audiences(1, 3),
              basis="681/2023 §§ 9, 14, 20, 22", crossings=(("RULE", "DUE_IN"),), unit="TASKS"),
    Indicator(id="I94", version=2, behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=("RETENTION",), audiences=audiences(6, 6) | _OFFICER, basis="681/2023 § 77"),
    Indicator(id="I95", behind=Behind.NOBODY, overlaps={"RIGHT_STATE": Overlap.EVERYBODY}, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=("RIGHT_STATE", "GRANT_BASIS", "RIGHT_HOLDER", "ROLE"),
              audiences=audiences(6, 6, 3) | _OFFICER, basis="681/2023 §§ 79.2, 80–81", unit="RIGHTS"),
    Indicator(id="I96", behind=Behind.NOBODY, kind=Kind.FLOW, measure=Measure.SPREAD, dimensions=("FINDING_STAGE", "FINDING_REPORTED", "LOG_RULE"),
              audiences=audiences(6, 6) | _OFFICER, basis="681/2023 § 79.3", direction=Direction.DOWN, unit="DAYS"),
    Indicator(id="I97", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=("RECEIVER", "DISCLOSURE_GROUND"), audiences=_OFFICER,
              basis="681/2023 §§ 84–94", unit="DISCLOSURES"),
    Indicator(id="I98", behind=Behind.NOBODY, overlaps={"ADOPTION": Overlap.SOME}, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=("ADOPTION",), audiences=audiences(5, 7), basis="681/2023 §§ 74.2, 76.1",
              direction=Direction.UP, unit="MUNICIPALITIES"),
    Indicator(id="I99", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=(), audiences=_OFFICER, basis="661/2009 § 36"),
)  # fmt: skip
