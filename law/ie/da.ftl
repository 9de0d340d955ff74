# Frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

ie_clock_urgent_record = Et hastende krav, som en overordnet tjenestemand har stillet uden dommer, nedfældes skriftligt inden for 8 timer.
ie_clock_urgent_affirmation = Et hastende krav, der er stillet uden dommer, bortfalder efter 72 timer, medmindre en dommer bekræfter det; perioden kan forlænges til 96 timer.
ie_clock_oral_two-days = En anmodning om brugeroplysninger, der i særlige hastetilfælde er fremsat mundtligt, bekræftes skriftligt inden for 2 dage.
ie_clock_preservation_ninety-days = Oplysningerne sikres i den periode, som afgørelsen angiver, højst 90 dage.
ie_clock_warrant_one-week = En ransagningskendelse fra District Court gælder i en uge.
ie_notice_order = Der er ikke fundet nogen bestemmelse om, hvorvidt en udbyder må underrette kontoindehaveren om en sådan afgørelse.
