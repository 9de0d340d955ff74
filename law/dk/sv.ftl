# Regler, frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

dk_subscriber = Vid utredning av brott som hör under allmänt åtal får dansk polis utan domstolsbeslut ålägga en leverantör att lämna ut uppgifter som identifierar en slutanvändares åtkomst till nät och tjänster; trafik- och lokaliseringsuppgifter omfattas inte.
    .verified = källtexten har lästs: retsplejeloven, LBK 1160 av den 5 november 2024; inte granskat av jurist
dk_subscriber_court = Ett editionsföreläggande av domstol omfattar även det som polisen får kräva utan domstolsbeslut.
    .verified = ej kontrollerat: ordalydelsen av §§ 804 och 806 har inte lästs; inte granskat av jurist
dk_traffic_court = En dansk domstol får förelägga en leverantör att lämna ut trafik- och lokaliseringsuppgifter, om brottet kan ge fängelse i tre år eller mer eller omfattas av § 81 a i den danska straffeloven.
    .verified = källtexten har lästs: § 781 a (retsplejeloven, LBK 1160 av den 5 november 2024) och § 780 (en äldre konsoliderad lydelse); ej kontrollerat: § 783; inte granskat av jurist
dk_traffic_urgent = Om ändamålet skulle gå förlorat vid dröjsmål får dansk polis ingripa genast; åtgärden läggs fram för rätten inom 24 timmar.
    .verified = ej kontrollerat: ordalydelsen av § 783 har inte lästs; inte granskat av jurist
dk_traffic_threshold = Utlämnande av trafikuppgifter beslutas bara för brott som kan ge fängelse i tre år eller mer eller som omfattas av § 81 a i den danska straffeloven.
    .instead = Ange maximistraffet, eller att § 81 a i straffeloven är tillämplig.
    .verified = källtexten har lästs: retsplejeloven, LBK 1160 av den 5 november 2024; inte granskat av jurist
dk_content_edition = Vid utredning av brott som hör under allmänt åtal får en dansk domstol förelägga den som inte är misstänkt att lämna ut föremål som kan tjäna som bevis, däribland lagrade meddelanden.
    .verified = ej kontrollerat: ordalydelsen har inte lästs, och huruvida meddelanden som lagras hos en leverantör omfattas av § 804 eller av kapitel 71 är en fråga för jurist; att brev under befordran omfattas av kapitel 71: källtexten har lästs (§ 801, stk. 3); inte granskat av jurist
dk_foreign_direct = Till ett företag i Danmark riktas det beslut av dansk domstol eller polis genom vilket en utländsk begäran verkställs, aldrig den utländska begäran i sig; en europeisk utlämnandeorder ändrar inte detta.
    .instead = Begär uppgifterna genom { $channel }.
    .cite = Konventionen av den 29 maj 2000 om ömsesidig rättslig hjälp i brottmål mellan Europeiska unionens medlemsstater; förordning (EU) 2023/1543 skäl 101
    .verified = källtexten har lästs: Europeiska rättsliga nätverkets sida om Danmark (Fiches Belges 202); skäl 101; inte granskat av jurist
dk_investigation-order = Den europeiska utredningsordern är inte bindande för Danmark och används inte där, vare sig av eller gentemot danska myndigheter.
    .instead = Begär uppgifterna genom { $channel }.
    .cite = Direktiv 2014/41/EU; protokoll nr 22 om Danmarks ställning
    .verified = andrahandskälla: det danska justitieministeriets notat; inte granskat av jurist
dk_preservation = Dansk polis får förelägga en leverantör att skyndsamt säkra elektroniska uppgifter, i högst 90 dagar; huruvida tiden kan förlängas sedan 2022 har inte klarlagts.
    .verified = andrahandskälla: att föreläggandet finns; ej kontrollerat: de 90 dagarna och deras förlängning; inte granskat av jurist

dk_clock_urgent_twenty-four-hours = Ingrepp i meddelelsehemligheten som polisen vid brådska har gjort utan rätten läggs fram för rätten inom 24 timmar.
    .verified = ej kontrollerat: allmän kunskap om § 783, och styckets nummer; inte granskat av jurist
dk_clock_production_twenty-four-hours = Ett editionsföreläggande som polisen vid brådska har meddelat läggs fram för rätten inom 24 timmar, om den som berörs begär det.
    .verified = ej kontrollerat: allmän kunskap, och källorna går isär i frågan om huruvida det krävs en begäran; inte granskat av jurist
dk_clock_preservation_ninety-days = Uppgifterna bevaras under så kort tid som möjligt, högst 90 dagar; sedan 2022 kan ett föreläggande kanske upprätthållas därefter, hur länge är inte känt.
    .verified = ej kontrollerat: allmän kunskap om de 90 dagarna; andrahandskälla: att ett föreläggande får upprätthållas, hämtat ur ett utkast vars text var avkortad; inte granskat av jurist
dk_clock_permit_four-weeks = Rättens beslut om ingrepp i meddelelsehemligheten omfattar högst 4 veckor åt gången.
    .verified = ej kontrollerat: allmän kunskap om § 783, och styckets nummer; inte granskat av jurist
dk_notice_interference = Den berörde underrättas i efterhand genom rätten, som kan underlåta eller skjuta upp det; leverantören underrättar inte.
    .verified = källtexten har lästs: att rätten får underlåta eller skjuta upp det, hämtat ur en dom av den 18 april 2013; ej kontrollerat: det övriga, och leverantörens egen tystnadsplikt; inte granskat av jurist
