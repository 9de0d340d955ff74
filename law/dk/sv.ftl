# Frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

dk_clock_urgent_twenty-four-hours = Ingrepp i meddelelsehemligheten som polisen vid brådska har gjort utan rätten läggs fram för rätten inom 24 timmar.
dk_clock_production_twenty-four-hours = Ett editionsföreläggande som polisen vid brådska har meddelat läggs fram för rätten inom 24 timmar, om den som berörs begär det.
dk_clock_preservation_ninety-days = Uppgifterna bevaras under så kort tid som möjligt, högst 90 dagar; sedan 2022 kan ett föreläggande kanske upprätthållas därefter, hur länge är inte känt.
dk_clock_permit_four-weeks = Rättens beslut om ingrepp i meddelelsehemligheten omfattar högst 4 veckor åt gången.
dk_notice_interference = Den berörde underrättas i efterhand genom rätten, som kan underlåta eller skjuta upp det; leverantören underrättar inte.
