# Regler, frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

dk_subscriber = Som led i efterforskningen af en lovovertrædelse, der er undergivet offentlig påtale, kan dansk politi uden retskendelse kræve, at en udbyder udleverer oplysninger, der identificerer en slutbrugers adgang til net og tjenester; trafik- og lokaliseringsdata er ikke omfattet.
    .verified = kildeteksten er læst: retsplejeloven, LBK nr. 1160 af 5. november 2024; ikke gennemgået af jurist
dk_subscriber_court = Det, som politiet kan kræve udleveret uden retskendelse, kan også kræves udleveret ved editionskendelse.
    .verified = ikke kontrolleret: ordlyden af §§ 804 og 806 er ikke læst; ikke gennemgået af jurist
dk_traffic_court = En dansk ret kan pålægge en udbyder at udlevere trafik- og lokaliseringsdata, hvis lovovertrædelsen efter loven kan straffes med fængsel i 3 år eller derover eller er omfattet af straffelovens § 81 a.
    .verified = kildeteksten er læst: § 781 a (retsplejeloven, LBK nr. 1160 af 5. november 2024) og § 780 (en ældre lovbekendtgørelse); ikke kontrolleret: § 783; ikke gennemgået af jurist
dk_traffic_urgent = Ville indgrebets øjemed forspildes, hvis retskendelse skulle afventes, kan dansk politi foretage indgrebet straks; det forelægges retten inden for 24 timer.
    .verified = ikke kontrolleret: ordlyden af § 783 er ikke læst; ikke gennemgået af jurist
dk_traffic_threshold = Udlevering af trafikdata pålægges kun ved en lovovertrædelse, der efter loven kan straffes med fængsel i 3 år eller derover, eller som er omfattet af straffelovens § 81 a.
    .instead = Angiv strafmaksimum, eller at straffelovens § 81 a finder anvendelse.
    .verified = kildeteksten er læst: retsplejeloven, LBK nr. 1160 af 5. november 2024; ikke gennemgået af jurist
dk_content_edition = En dansk ret kan som led i efterforskningen af en lovovertrædelse, der er undergivet offentlig påtale, pålægge en person, der ikke er mistænkt, at udlevere genstande, der kan tjene som bevis, herunder lagrede meddelelser.
    .verified = ikke kontrolleret: ordlyden er ikke læst, og om meddelelser, der er lagret hos en udbyder, hører under § 804 eller under kapitel 71, er et spørgsmål for en jurist; at breve under befordring hører under kapitel 71: kildeteksten er læst (§ 801, stk. 3); ikke gennemgået af jurist
dk_foreign_direct = En virksomhed i Danmark modtager den afgørelse fra en dansk ret eller dansk politi, hvorved en udenlandsk anmodning gennemføres, aldrig selve den udenlandske anmodning; en europæisk editionskendelse ændrer ikke herpå.
    .instead = Indhent oplysningerne gennem { $channel }.
    .cite = Konventionen af 29. maj 2000 om gensidig retshjælp i straffesager mellem Den Europæiske Unions medlemsstater; forordning (EU) 2023/1543, betragtning 101
    .verified = kildeteksten er læst: Det Europæiske Retlige Netværks side om Danmark (Fiches Belges 202); betragtning 101; ikke gennemgået af jurist
dk_investigation-order = Den europæiske efterforskningskendelse er ikke bindende for Danmark og finder ikke anvendelse dér; den kan hverken udstedes af eller rettes til danske myndigheder.
    .instead = Indhent oplysningerne gennem { $channel }.
    .cite = Direktiv 2014/41/EU; protokol nr. 22 om Danmarks stilling
    .verified = sekundær kilde: det danske Justitsministeriums notat; ikke gennemgået af jurist
dk_preservation = Politiet kan meddele en udbyder pålæg om hastesikring af elektroniske oplysninger i højst 90 dage; om tiden kan forlænges efter 2022, er ikke fundet.
    .verified = sekundær kilde: at pålægget findes; ikke kontrolleret: de 90 dage og deres forlængelse; ikke gennemgået af jurist

dk_clock_urgent_twenty-four-hours = Indgreb i meddelelseshemmeligheden, som politiet har foretaget i hastetilfælde uden kendelse, forelægges retten inden for 24 timer.
    .verified = ikke kontrolleret: almen viden om § 783, og stykkets nummer; ikke gennemgået af jurist
dk_clock_production_twenty-four-hours = Et editionspålæg, som politiet har givet i hastetilfælde, forelægges retten inden for 24 timer, hvis den, indgrebet retter sig mod, begærer det.
    .verified = ikke kontrolleret: almen viden, og kilderne er uenige om, hvorvidt det kræver en begæring; ikke gennemgået af jurist
dk_clock_preservation_ninety-days = Oplysningerne sikres i så kort tid som muligt, højst 90 dage; siden 2022 kan et pålæg måske opretholdes derefter, hvor længe vides ikke.
    .verified = ikke kontrolleret: almen viden om de 90 dage; sekundær kilde: at et pålæg kan opretholdes, hentet fra et udkast, hvis tekst var afkortet; ikke gennemgået af jurist
dk_clock_permit_four-weeks = Rettens kendelse om indgreb i meddelelseshemmeligheden omfatter højst 4 uger ad gangen.
    .verified = ikke kontrolleret: almen viden om § 783, og stykkets nummer; ikke gennemgået af jurist
dk_notice_interference = Den berørte underrettes efterfølgende gennem retten, som kan undlade eller udsætte det; udbyderen underretter ikke.
    .verified = kildeteksten er læst: at retten kan undlade eller udsætte det, hentet fra en dom af 18. april 2013; ikke kontrolleret: det øvrige, og udbyderens egen tavshedspligt; ikke gennemgået af jurist
