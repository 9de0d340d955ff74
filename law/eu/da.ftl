# Frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

eu_clock_production_ten-days = Når der ikke kræves underretning, skal oplysningerne fremsendes senest 10 dage efter modtagelsen af certifikatet.
eu_clock_production_after-notification = Når fuldbyrdelsesmyndigheden er underrettet og ikke har frigivet kendelsen, fremsendes oplysningerne ikke før udløbet af de 10 dage fra modtagelsen af certifikatet, og derefter straks, hvis ingen afslagsgrund er påberåbt.
eu_clock_production_cleared = Når fuldbyrdelsesmyndigheden har frigivet kendelsen før tid, fremsendes oplysningerne snarest muligt og senest ved udløbet af de 10 dage fra modtagelsen af certifikatet.
eu_clock_production_eight-hours = I nødsituationer fremsendes oplysningerne uden unødigt ophold og senest 8 timer efter modtagelsen af certifikatet; en underretning har ikke opsættende virkning.
eu_clock_production_clarification = Den udstedende myndighed besvarer en anmodning om præcisering eller rettelse inden for 5 dage; pligten til at udlevere er suspenderet, indtil den gør det, uanset hvor længe det varer.
eu_clock_production_objection = En indsigelse om, at et tredjelands lov forbyder udleveringen, fremsættes senest 10 dage efter modtagelsen af certifikatet.
eu_clock_notification_ten-days = Fuldbyrdelsesmyndigheden påberåber sig en afslagsgrund senest 10 dage efter modtagelsen af underretningen.
eu_clock_notification_ninety-six-hours = I nødsituationer påberåber fuldbyrdelsesmyndigheden sig en afslagsgrund senest 96 timer efter modtagelsen af underretningen; oplysningerne kan allerede være fremsendt.
eu_clock_validation_forty-eight-hours = En kendelse, der er udstedt i en nødsituation uden godkendelse, forelægges den godkendende myndighed inden for 48 timer; godkendes den ikke, trækkes den tilbage, og oplysningerne slettes.
eu_clock_preservation_sixty-days = Oplysningerne sikres i 60 dage fra modtagelsen af certifikatet og 30 dage mere, hvis der anmodes om det inden for de 60; bekræftes en anmodning om udlevering rettidigt, indtil den er besvaret.
eu_clock_preservation_extension = Den udstedende myndighed anmoder om forlængelsen på 30 dage eller bekræfter, at en anmodning om udlevering er udstedt, inden for 60 dage fra modtagelsen af certifikatet.
eu_clock_preservation_clarification = Den udstedende myndighed besvarer en anmodning om præcisering inden for 5 dage; gør den ikke det, er udbyderen fritaget for at sikre oplysningerne.
eu_clock_enforcement_five-working-days = Fuldbyrdelsesmyndigheden anerkender en kendelse eller afviser det inden for 5 arbejdsdage fra anmodningen om fuldbyrdelse.
eu_notice_production = Den udstedende myndighed underretter den person, hvis oplysninger der anmodes om, og kan udsætte, begrænse eller undlade det; udbyderen holder certifikatet og oplysningerne fortrolige og underretter ikke.
eu_notice_digital-services = Udbyderen underretter tjenestemodtageren om påbuddet og om, hvad der er gjort, senest når det efterkommes eller på det tidspunkt, myndigheden fastsætter; hemmeligholdelse i strafferetsplejen går forud.
