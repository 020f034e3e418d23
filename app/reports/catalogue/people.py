"""Clients and reach, I01–I08."""

from __future__ import annotations

from app.reports.catalogue.indicator import Behind, Direction, Indicator, Kind, Measure, Status, audiences
from app.reports.dimensions import OF_BACKGROUND, OF_CLIENT, OF_PERSON

# B1–B11: without what only an assessment finds out.
_OF_NEW = tuple(key for key in OF_BACKGROUND if key not in ("EDUCATION", "LITERACY"))

INDICATORS = (
    Indicator(id="I01", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=OF_CLIENT, audiences=audiences(1, 7), basis="681/2023 § 72.1",
              crossings=(("GENDER", "AGE_GROUP"),)),
    Indicator(id="I02", version=2, behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.COUNT, dimensions=OF_PERSON, audiences=audiences(1, 8), basis="681/2023 § 5",
              crossings=(("GENDER", "AGE_GROUP"),)),
    Indicator(id="I03", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=_OF_NEW, audiences=audiences(2, 7), basis="681/2023 § 72.1"),
    Indicator(id="I04", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.COUNT, dimensions=("RESPONSIBLE", "CONTACT_SENDER", "CONTACT_OUTCOME"), audiences=audiences(2, 6),
              basis="681/2023 § 9", crossings=(("CONTACT_SENDER", "CONTACT_OUTCOME"),)),
    Indicator(id="I05", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SPREAD, dimensions=("RESPONSIBLE",), audiences=audiences(2, 6), basis="681/2023 § 9.2",
              direction=Direction.DOWN, unit="DAYS"),
    Indicator(id="I06", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.SHARE, dimensions=("RESIDENCE_GROUND",), audiences=audiences(5, 7, 3), basis="681/2023 §§ 2.3–4, 14.1",
              status=Status.EXTERNAL, direction=Direction.UP),
    Indicator(id="I07", behind=Behind.CLIENT, kind=Kind.FLOW, measure=Measure.MEAN, dimensions=("MOTHER_TONGUE",), audiences=audiences(2, 6), basis="681/2023 § 10; 874/2024 § 4",
              unit="VISITS"),
    Indicator(id="I08", behind=Behind.CLIENT, kind=Kind.STOCK, measure=Measure.SHARE, dimensions=("MOTHER_TONGUE",), audiences=audiences(2, 6), basis="681/2023 § 6; 434/2003 § 26"),
)  # fmt: skip
