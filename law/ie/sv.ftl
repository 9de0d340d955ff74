# Regler, frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

ie_mutual-assistance_section-75 = På begäran från utlandet får District Court i Irland förelägga någon att lämna ut angivet material som denne innehar; leverantören följer föreläggandet, inte begäran.
ie_foreign_direct = En utländsk begäran om bevisning i Irland riktas till ministern som centralmyndighet och verkställs genom ett irländskt beslut; ett företag i Irland svarar inte den utländska myndigheten direkt.
    .instead = Begär uppgifterna genom { $channel }.
ie_mutual-assistance_section-74 = På begäran från utlandet får District Court i Irland utfärda en husrannsakningsorder, giltig i en vecka, för att söka efter bevis; leverantören följer husrannsakningsordern, inte begäran.
ie_investigation-order = Irland deltar inte i den europeiska utredningsordern: ingen sådan är giltig från eller till irländska myndigheter.
    .instead = Begär uppgifterna genom { $channel }.
ie_documents_section-15 = På ansökan av Garda Síochána får District Court besluta att handlingar, eller uppgifter som har erhållits i den löpande verksamheten, ska lämnas ut i fråga om ett brott som omfattas av lagen (relevant offence); den som beslutet riktas till får begära att det ändras eller upphävs.
ie_search_section-10 = En domare i District Court får utfärda en husrannsakningsorder, giltig i en vecka, för att på en plats söka efter bevis om ett brott som medger gripande (arrestable offence).
ie_privileged = Material som skyddas av advokatsekretess (legal privilege) lämnas inte ut; när sådant skydd åberopas förvaras materialet i säkerhet tills rätten har avgjort frågan.
    .instead = Begär rättens anvisningar om det skyddade materialet; det förvaras i säkerhet under tiden.
ie_interception = Ministerns tillstånd till avlyssning omfattar meddelanden under överföringen, inte det som är lagrat.
    .instead = Sänd ett föreläggande eller en husrannsakningsorder av en domare som omfattar lagrat material.
ie_user-data_section-6 = En superintendent vid Garda Síochána, eller en befattningshavare med den grad som paragrafen anger vid försvarsmakten, skattemyndigheten (Revenue Commissioners) eller konkurrensmyndigheten, får kräva användaruppgifter utan domstolsbeslut, för alla brott.
ie_user-data_rank = Användaruppgifter ska krävas av en befattningshavare med lägst den grad som paragrafen anger.
    .instead = Låt en superintendent, eller en befattningshavare med den grad som section 6 anger, göra begäran skriftligen.
ie_internet-source_section-6c = En utsedd domare i District Court får tillåta inhämtning av uppgifter om internetkälla (internet source data) vid ett allvarligt brott, för statens säkerhet, när någons liv är i fara eller när någon är försvunnen.
ie_internet-source_section-6d = Vid brådska får en överordnad befattningshavare tillåta inhämtning av uppgifter om internetkälla (internet source data); en domare bekräftar det inom 72 timmar.
ie_traffic_section-6a = En utsedd domare i District Court får tillåta inhämtning av trafik- och lokaliseringsuppgifter enbart för statens säkerhet.
ie_traffic_section-6b = Vid brådska får en överordnad befattningshavare tillåta inhämtning av trafik- och lokaliseringsuppgifter för statens säkerhet; en domare bekräftar det inom 72 timmar.
ie_traffic_section-7c = En domare får besluta att bevarade trafik- och lokaliseringsuppgifter ska lämnas ut vid ett allvarligt brott, för statens säkerhet, när någons liv är i fara eller när någon är försvunnen.
ie_traffic_section-7d = Vid brådska får en överordnad befattningshavare besluta att bevarade trafik- och lokaliseringsuppgifter ska lämnas ut; en domare bekräftar det inom 72 timmar.
ie_preservation_section-7a = En domare får förordna att trafik- och lokaliseringsuppgifter bevaras i högst 90 dagar, för ett allvarligt brott, statens säkerhet, ett liv i fara eller en försvunnen person; ingenting lämnas ut.
ie_preservation_section-7b = I brådskande fall får en högre befattningshavare (superior officer) förordna att trafik- och lokaliseringsuppgifter bevaras; en domare fastställer det inom 72 timmar.

ie_clock_urgent_record = Ett brådskande krav som en överordnad befattningshavare har ställt utan domare dokumenteras skriftligen inom 8 timmar.
ie_clock_urgent_affirmation = Ett brådskande krav som har ställts utan domare förfaller efter 72 timmar om inte en domare bekräftar det; tiden kan förlängas till 96 timmar.
ie_clock_oral_two-days = En begäran om användaruppgifter som vid synnerlig brådska har gjorts muntligen bekräftas skriftligen inom 2 dagar.
ie_clock_preservation_ninety-days = Uppgifterna bevaras under den tid som beslutet anger, högst 90 dagar.
ie_clock_warrant_one-week = En husrannsakningsorder från District Court gäller i en vecka.
ie_notice_order = Ingen bestämmelse har hittats om huruvida en leverantör får underrätta kontohavaren om ett sådant beslut.
