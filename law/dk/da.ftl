# Frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

dk_clock_urgent_twenty-four-hours = Indgreb i meddelelseshemmeligheden, som politiet har foretaget i hastetilfælde uden kendelse, forelægges retten inden for 24 timer.
dk_clock_production_twenty-four-hours = Et editionspålæg, som politiet har givet i hastetilfælde, forelægges retten inden for 24 timer, hvis den, indgrebet retter sig mod, begærer det.
dk_clock_preservation_ninety-days = Oplysningerne sikres i så kort tid som muligt, højst 90 dage; siden 2022 kan et pålæg måske opretholdes derefter, hvor længe vides ikke.
dk_clock_permit_four-weeks = Rettens kendelse om indgreb i meddelelseshemmeligheden omfatter højst 4 uger ad gangen.
dk_notice_interference = Den berørte underrettes efterfølgende gennem retten, som kan undlade eller udsætte det; udbyderen underretter ikke.
