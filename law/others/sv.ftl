# Regler på svenska; nyckeln är regelns namn med _ för varje punkt.

others_pack = Alla andra: länder utan eget regelverk
    .covers = Vad som gäller för myndigheter och företag i länder som inget regelverk här avser; bevarande över gränserna.
    .status = utkast; inte granskat av jurist
others_foreign_direct = En myndighet i ett land vars rätt regelverket inte omfattar vänder sig till ett företag i ett annat land genom det landet, enligt fördrag eller genom en framställning om rättslig hjälp (letters rogatory).
    .instead = Begär uppgifterna genom { $channel }.
    .cite = Allmän folkrätt: ingen stat utövar makt på en annan stats territorium
    .verified = ej kontrollerat: landets lagstiftning har inte lästs; inte granskat av jurist
others_addressee = Ett företag i ett land vars rätt regelverket inte omfattar besvarar ett utländskt beslut bara när landets egna myndigheter verkställer det.
    .instead = Begär uppgifterna genom { $channel }.
    .cite = Allmän folkrätt: ingen stat utövar makt på en annan stats territorium
    .verified = ej kontrollerat: landets lagstiftning har inte lästs; inte granskat av jurist
others_unconfirmed = I det egna landet kan myndighetens beslut vara bindande för leverantörens eget verksamhetsställe; innan en advokat som är behörig där har bekräftat det lämnas ingenting ut.
    .instead = Ange den bestämmelse som beslutet grundas på; leverantören frågar en advokat som är behörig där.
    .cite = Lagen i myndighetens eget land, som regelverket inte omfattar
    .verified = ej kontrollerat: landets lagstiftning har inte lästs; inte granskat av jurist
others_own-establishment = Ett föreläggande eller ett beslut om husrannsakan av en domare i ett land vars rätt regelverket inte omfattar följs när en advokat som är behörig där har bekräftat att det är giltigt och bindande. Det ska rikta sig till leverantörens eget verksamhetsställe där och avse uppgifter där.
    .cite = Lagen i myndighetens eget land, som regelverket inte omfattar
    .verified = ej kontrollerat: landets lagstiftning har inte lästs; en advokat där bekräftar det från fall till fall; inte granskat av jurist
others_preservation = En begäran om att bevara uppgifter utomlands går genom det nät av kontaktpunkter som kan nås dygnet runt. Den anmodade staten beordrar bevarandet enligt sin egen lag, utan att fråga om gärningen är ett brott där.
    .instead = Begär genom ert lands kontaktpunkt enligt artikel 35 i konventionen om it-relaterad brottslighet att uppgifterna bevaras, och begär dem sedan genom { $channel }.
    .cite = Konventionen om it-relaterad brottslighet (Budapest den 23 november 2001), artiklarna 16, 29 och 35
    .verified = andrahandskälla: artiklarna 29.3 och 35; ej kontrollerat: vem som är part; inte granskat av jurist
others_own-establishment_preservation = Ett beslut om bevarande som riktas till leverantörens verksamhetsställe i landet följs när en där behörig advokat har bekräftat att det är giltigt och bindande.
    .cite = Lagen i myndighetens eget land, som regelverket inte omfattar; jfr artikel 16 i konventionen om it-relaterad brottslighet
    .verified = ej kontrollerat: landets lagstiftning har inte lästs; en advokat där bekräftar det från fall till fall; inte granskat av jurist
