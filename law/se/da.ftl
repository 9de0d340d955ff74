# Regler, frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

se_content_court = En svensk ret kan tillade, at indholdet af meddelelser, der sendes eller er sendt til eller fra en angivet adresse, gengives; den virksomhed i Sverige, der opbevarer dem, udleverer dem.
se_traffic_court = En svensk ret kan tillade, at der indhentes oplysninger om meddelelser: hvilke, hvornår og med hvilket udstyr; en tilladelse til at læse meddelelser omfatter også dette.
se_subscriber_request = Ved mistanke om en lovovertrædelse kan en svensk politimyndighed eller anklager anmode om abonnentoplysninger uden retskendelse; en retskendelse er også tilstrækkelig.
se_foreign_direct = En virksomhed i Sverige modtager den afgørelse fra en svensk anklager eller ret, hvorved en udenlandsk anmodning gennemføres, aldrig selve den udenlandske anmodning.
    .instead = Indhent oplysningerne gennem { $channel }.
se_investigation-order = Den svenske lov om en europæisk efterforskningskendelse gælder ikke i forhold til Danmark og Irland.
    .instead = Indhent oplysningerne gennem { $channel }.
se_intelligence_traffic = En anklager kan bestemme, at politiet, sikkerhedspolitiet eller toldvæsenet indhenter oplysninger om meddelelser, men aldrig indhold, i efterretningsarbejde mod grov kriminalitet.
se_intelligence_content = Efterretningsarbejde omfatter oplysninger om meddelelser, ikke hvad der står i dem.
    .instead = Indled en efterforskning, og indhent en retskendelse.
se_content_interim = Hvis den forsinkelse, som det medfører at afvente retten, er af væsentlig betydning, kan en svensk anklager foreløbigt tillade, at indholdet af meddelelser gengives, og underretter straks retten herom.
se_traffic_interim = Hvis den forsinkelse, som det medfører at afvente retten, er af væsentlig betydning, kan en svensk anklager foreløbigt tillade, at der indhentes oplysninger om meddelelser, og underretter straks retten herom.
se_preservation = Anklageren eller lederen af efterforskningen kan pålægge den, der er i besiddelse af en bestemt lagret oplysning, at sikre den, i højst 90 dage fra afgørelsen og, hvis der er særlige grunde, 90 dage mere; indehaveren kan bede om rettens prøvelse.

se_clock_preservation_ninety-days = Oplysningerne sikres i den periode, som pålægget angiver, højst 90 dage fra afgørelsen; af særlige grunde kan den forlænges med højst 90 dage.
se_clock_review_four-days = Når indehaveren begærer det, prøver retten pålægget ved et retsmøde snarest muligt, normalt inden for 4 dage.
se_clock_permit_one-month = Rettens tilladelse til et hemmeligt tvangsindgreb rækker højst en måned frem fra afgørelsen.
se_clock_notice_one-month = Myndigheden underretter den mistænkte og adressens indehaver senest en måned efter, at efterforskningen er afsluttet, medmindre hemmeligholdelse udsætter eller udelukker det.
se_notice_covert-measure = Myndigheden underretter den mistænkte og adressens indehaver efterfølgende, senest en måned efter at efterforskningen er afsluttet, medmindre hemmeligholdelse udsætter eller udelukker det; udbyderen underretter ikke.
se_notice_preservation = Et pålæg om sikring kan forbyde indehaveren at fortælle om det.
se_notice_subscriber = Hvorvidt en udbyder må fortælle om en anmodning om abonnentoplysninger, er ikke afklaret.
