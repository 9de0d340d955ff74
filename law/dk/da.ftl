# Regler, frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

dk_subscriber = Som led i efterforskningen af en lovovertrædelse, der er undergivet offentlig påtale, kan dansk politi uden retskendelse kræve, at en udbyder udleverer oplysninger, der identificerer en slutbrugers adgang til net og tjenester; trafik- og lokaliseringsdata er ikke omfattet.
dk_subscriber_court = Det, som politiet kan kræve udleveret uden retskendelse, kan også kræves udleveret ved editionskendelse.
dk_traffic_court = En dansk ret kan pålægge en udbyder at udlevere trafik- og lokaliseringsdata, hvis lovovertrædelsen efter loven kan straffes med fængsel i 3 år eller derover eller er omfattet af straffelovens § 81 a.
dk_traffic_urgent = Ville indgrebets øjemed forspildes, hvis retskendelse skulle afventes, kan dansk politi foretage indgrebet straks; det forelægges retten inden for 24 timer.
dk_traffic_threshold = Udlevering af trafikdata pålægges kun ved en lovovertrædelse, der efter loven kan straffes med fængsel i 3 år eller derover, eller som er omfattet af straffelovens § 81 a.
    .instead = Angiv strafmaksimum, eller at straffelovens § 81 a finder anvendelse.
dk_content_edition = En dansk ret kan som led i efterforskningen af en lovovertrædelse, der er undergivet offentlig påtale, pålægge en person, der ikke er mistænkt, at udlevere genstande, der kan tjene som bevis, herunder lagrede meddelelser.
dk_foreign_direct = En virksomhed i Danmark modtager den afgørelse fra en dansk ret eller dansk politi, hvorved en udenlandsk anmodning gennemføres, aldrig selve den udenlandske anmodning; en europæisk editionskendelse ændrer ikke herpå.
    .instead = Indhent oplysningerne gennem { $channel }.
dk_investigation-order = Den europæiske efterforskningskendelse er ikke bindende for Danmark og finder ikke anvendelse dér; den kan hverken udstedes af eller rettes til danske myndigheder.
    .instead = Indhent oplysningerne gennem { $channel }.
dk_preservation = Politiet kan meddele en udbyder pålæg om hastesikring af elektroniske oplysninger i højst 90 dage; om tiden kan forlænges efter 2022, er ikke fundet.

dk_clock_urgent_twenty-four-hours = Indgreb i meddelelseshemmeligheden, som politiet har foretaget i hastetilfælde uden kendelse, forelægges retten inden for 24 timer.
dk_clock_production_twenty-four-hours = Et editionspålæg, som politiet har givet i hastetilfælde, forelægges retten inden for 24 timer, hvis den, indgrebet retter sig mod, begærer det.
dk_clock_preservation_ninety-days = Oplysningerne sikres i så kort tid som muligt, højst 90 dage; siden 2022 kan et pålæg måske opretholdes derefter, hvor længe vides ikke.
dk_clock_permit_four-weeks = Rettens kendelse om indgreb i meddelelseshemmeligheden omfatter højst 4 uger ad gangen.
dk_notice_interference = Den berørte underrettes efterfølgende gennem retten, som kan undlade eller udsætte det; udbyderen underretter ikke.
