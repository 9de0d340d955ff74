# Regler, frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

dk_subscriber = Vid utredning av brott som hör under allmänt åtal får dansk polis utan domstolsbeslut ålägga en leverantör att lämna ut uppgifter som identifierar en slutanvändares åtkomst till nät och tjänster; trafik- och lokaliseringsuppgifter omfattas inte.
dk_subscriber_court = Ett editionsföreläggande av domstol omfattar även det som polisen får kräva utan domstolsbeslut.
dk_traffic_court = En dansk domstol får förelägga en leverantör att lämna ut trafik- och lokaliseringsuppgifter, om brottet kan ge fängelse i tre år eller mer eller omfattas av § 81 a i den danska straffeloven.
dk_traffic_urgent = Om ändamålet skulle gå förlorat vid dröjsmål får dansk polis ingripa genast; åtgärden läggs fram för rätten inom 24 timmar.
dk_traffic_threshold = Utlämnande av trafikuppgifter beslutas bara för brott som kan ge fängelse i tre år eller mer eller som omfattas av § 81 a i den danska straffeloven.
    .instead = Ange maximistraffet, eller att § 81 a i straffeloven är tillämplig.
dk_content_edition = Vid utredning av brott som hör under allmänt åtal får en dansk domstol förelägga den som inte är misstänkt att lämna ut föremål som kan tjäna som bevis, däribland lagrade meddelanden.
dk_foreign_direct = Till ett företag i Danmark riktas det beslut av dansk domstol eller polis genom vilket en utländsk begäran verkställs, aldrig den utländska begäran i sig; en europeisk utlämnandeorder ändrar inte detta.
    .instead = Begär uppgifterna genom { $channel }.
dk_investigation-order = Den europeiska utredningsordern är inte bindande för Danmark och används inte där, vare sig av eller gentemot danska myndigheter.
    .instead = Begär uppgifterna genom { $channel }.
dk_preservation = Dansk polis får förelägga en leverantör att skyndsamt säkra elektroniska uppgifter, i högst 90 dagar; huruvida tiden kan förlängas sedan 2022 har inte klarlagts.

dk_clock_urgent_twenty-four-hours = Ingrepp i meddelelsehemligheten som polisen vid brådska har gjort utan rätten läggs fram för rätten inom 24 timmar.
dk_clock_production_twenty-four-hours = Ett editionsföreläggande som polisen vid brådska har meddelat läggs fram för rätten inom 24 timmar, om den som berörs begär det.
dk_clock_preservation_ninety-days = Uppgifterna bevaras under så kort tid som möjligt, högst 90 dagar; sedan 2022 kan ett föreläggande kanske upprätthållas därefter, hur länge är inte känt.
dk_clock_permit_four-weeks = Rättens beslut om ingrepp i meddelelsehemligheten omfattar högst 4 veckor åt gången.
dk_notice_interference = Den berörde underrättas i efterhand genom rätten, som kan underlåta eller skjuta upp det; leverantören underrättar inte.
