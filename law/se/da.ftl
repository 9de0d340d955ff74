# Frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

se_clock_preservation_ninety-days = Oplysningerne sikres i den periode, som pålægget angiver, højst 90 dage fra afgørelsen; af særlige grunde kan den forlænges med højst 90 dage.
se_clock_review_four-days = Når indehaveren begærer det, prøver retten pålægget ved et retsmøde snarest muligt, normalt inden for 4 dage.
se_clock_permit_one-month = Rettens tilladelse til et hemmeligt tvangsindgreb rækker højst en måned frem fra afgørelsen.
se_clock_notice_one-month = Myndigheden underretter den mistænkte og adressens indehaver senest en måned efter, at efterforskningen er afsluttet, medmindre hemmeligholdelse udsætter eller udelukker det.
se_notice_covert-measure = Myndigheden underretter den mistænkte og adressens indehaver efterfølgende, senest en måned efter at efterforskningen er afsluttet, medmindre hemmeligholdelse udsætter eller udelukker det; udbyderen underretter ikke.
se_notice_preservation = Et pålæg om sikring kan forbyde indehaveren at fortælle om det.
se_notice_subscriber = Hvorvidt en udbyder må fortælle om en anmodning om abonnentoplysninger, er ikke afklaret.
