# Regler, frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

se_content_court = En svensk domstol får ge tillstånd till att innehållet i meddelanden som överförs eller har överförts till eller från en angiven adress återges; det företag i Sverige som innehar dem lämnar ut dem.
se_traffic_court = En svensk domstol får ge tillstånd till att uppgifter om meddelanden hämtas in: vilka meddelanden, när och med vilken utrustning; ett tillstånd att ta del av meddelandenas innehåll omfattar även detta.
se_subscriber_request = Vid misstanke om brott får svensk polis eller åklagare begära abonnentuppgifter utan domstolsbeslut; även ett domstolsbeslut kan ligga till grund.
se_foreign_direct = Till ett företag i Sverige riktas det beslut av svensk åklagare eller domstol genom vilket en utländsk begäran verkställs, aldrig den utländska begäran i sig.
    .instead = Begär uppgifterna genom { $channel }.
se_investigation-order = Den svenska lagen om en europeisk utredningsorder gäller inte i förhållande till Danmark och Irland.
    .instead = Begär uppgifterna genom { $channel }.
se_intelligence_traffic = Åklagare får besluta att polisen, Säkerhetspolisen eller Tullverket hämtar in uppgifter om meddelanden, aldrig innehåll, i underrättelseverksamhet mot allvarlig brottslighet.
se_intelligence_content = I underrättelseverksamhet får uppgifter om meddelanden hämtas in, inte deras innehåll.
    .instead = Inled en förundersökning och utverka ett domstolsbeslut.
se_content_interim = Om det skulle ha väsentlig betydelse att rättens beslut dröjer får svensk åklagare i avvaktan på beslutet ge tillstånd till att innehållet i meddelanden återges; åklagaren anmäler det utan dröjsmål till rätten.
se_traffic_interim = Om det skulle ha väsentlig betydelse att rättens beslut dröjer får svensk åklagare i avvaktan på beslutet ge tillstånd till att uppgifter om meddelanden hämtas in; åklagaren anmäler det utan dröjsmål till rätten.
se_preservation = Åklagaren eller undersökningsledaren får förelägga den som innehar en viss lagrad uppgift att bevara den, i högst 90 dagar från beslutet och, om det finns särskilda skäl, 90 dagar till; innehavaren får begära rättens prövning.

se_clock_preservation_ninety-days = Uppgifterna bevaras under den tid som föreläggandet anger, högst 90 dagar från beslutet; finns särskilda skäl får tiden förlängas med högst 90 dagar.
se_clock_review_four-days = När innehavaren begär det prövar rätten föreläggandet vid en förhandling så snart som möjligt, normalt inom 4 dagar.
se_clock_permit_one-month = Rättens tillstånd till ett hemligt tvångsmedel sträcker sig högst en månad framåt från beslutet.
se_clock_notice_one-month = Myndigheten underrättar den misstänkte och adressens innehavare senast en månad efter det att förundersökningen avslutades, om inte sekretess skjuter upp eller utesluter det.
se_notice_covert-measure = Myndigheten underrättar den misstänkte och adressens innehavare i efterhand, senast en månad efter det att förundersökningen avslutades om inte sekretess skjuter upp eller utesluter det; leverantören underrättar inte.
se_notice_preservation = Ett bevarandeföreläggande får förenas med förbud för innehavaren att berätta om det.
se_notice_subscriber = Huruvida en leverantör får berätta om en begäran om abonnentuppgifter har inte klarlagts.
