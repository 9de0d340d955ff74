# Regler, frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

ie_mutual-assistance_section-75 = Efter anmodning fra udlandet kan den irske District Court pålægge en person at udlevere nærmere angivet materiale, som personen er i besiddelse af; udbyderen efterkommer denne kendelse, ikke anmodningen.
ie_foreign_direct = En udenlandsk anmodning om bevismateriale i Irland rettes til ministeren som centralmyndighed og gennemføres ved en irsk kendelse; en virksomhed i Irland svarer ikke den udenlandske myndighed direkte.
    .instead = Indhent oplysningerne gennem { $channel }.
ie_mutual-assistance_section-74 = Efter anmodning fra udlandet kan den irske District Court afsige kendelse om ransagning efter bevismateriale; kendelsen gælder i en uge, og udbyderen efterkommer den, ikke anmodningen.
ie_investigation-order = Irland deltager ikke i ordningen med den europæiske efterforskningskendelse: ingen sådan kendelse er gyldig, hverken fra eller til irske myndigheder.
    .instead = Indhent oplysningerne gennem { $channel }.
ie_documents_section-15 = Efter begæring fra Garda Síochána kan District Court ved en lovovertrædelse, der er relevant efter loven (relevant offence), pålægge udlevering af dokumenter eller af oplysninger, der er indhentet som led i den sædvanlige virksomhed; den, kendelsen er rettet til, kan begære den ændret eller ophævet.
ie_search_section-10 = En dommer ved District Court kan afsige kendelse om ransagning af et sted efter bevis for en lovovertrædelse, der kan føre til anholdelse (arrestable offence); kendelsen gælder i en uge.
ie_privileged = Materiale, der er beskyttet af advokatfortrolighed (legal privilege), udleveres ikke; påberåbes beskyttelsen, opbevares materialet sikkert, indtil retten har truffet afgørelse.
    .instead = Anmod retten om anvisninger for materiale, der er beskyttet af advokatfortrolighed; det opbevares imens sikkert.
ie_interception = En kendelse om aflytning, som ministeren har udstedt, omfatter meddelelser under fremsendelsen, ikke det, der er lagret.
    .instead = Send en dommers kendelse eller ransagningskendelse, der omfatter lagret materiale.
ie_user-data_section-6 = En superintendent i Garda Síochána eller en tjenestemand af den rang, som bestemmelsen angiver, i det irske forsvar, skatte- og toldmyndigheden (Revenue Commissioners) eller konkurrencemyndigheden kan uden retskendelse kræve brugeroplysninger ved enhver lovovertrædelse.
ie_user-data_rank = Brugeroplysninger kræves af en tjenestemand, der mindst har den rang, som bestemmelsen angiver.
    .instead = Lad en superintendent eller en tjenestemand af den rang, som section 6 angiver, fremsætte anmodningen skriftligt.
ie_internet-source_section-6c = En udpeget dommer ved District Court kan give tilladelse til at indhente internetkildedata (internet source data) ved en alvorlig lovovertrædelse, af hensyn til statens sikkerhed, når et liv er i fare, eller når en person er savnet.
ie_internet-source_section-6d = I hastetilfælde kan en overordnet tjenestemand give tilladelse til at indhente internetkildedata (internet source data); en dommer bekræfter tilladelsen inden for 72 timer.
ie_traffic_section-6a = En udpeget dommer ved District Court kan give tilladelse til at indhente trafik- og lokaliseringsdata, men kun af hensyn til statens sikkerhed.
ie_traffic_section-6b = I hastetilfælde kan en overordnet tjenestemand give tilladelse til at indhente trafik- og lokaliseringsdata af hensyn til statens sikkerhed; en dommer bekræfter tilladelsen inden for 72 timer.
ie_traffic_section-7c = En dommer kan pålægge udlevering af sikrede trafik- og lokaliseringsdata ved en alvorlig lovovertrædelse, af hensyn til statens sikkerhed, når et liv er i fare, eller når en person er savnet.
ie_traffic_section-7d = I hastetilfælde kan en overordnet tjenestemand pålægge udlevering af sikrede trafik- og lokaliseringsdata; en dommer bekræfter pålægget inden for 72 timer.
ie_preservation_section-7a = En dommer kan bestemme, at trafik- og lokaliseringsoplysninger sikres i højst 90 dage, for en grov lovovertrædelse, statens sikkerhed, et liv i fare eller en savnet person; intet udleveres.
ie_preservation_section-7b = I hastende tilfælde kan en overordnet tjenestemand (superior officer) bestemme, at trafik- og lokaliseringsoplysninger sikres; en dommer stadfæster det inden for 72 timer.

ie_clock_urgent_record = Et hastende krav, som en overordnet tjenestemand har stillet uden dommer, nedfældes skriftligt inden for 8 timer.
ie_clock_urgent_affirmation = Et hastende krav, der er stillet uden dommer, bortfalder efter 72 timer, medmindre en dommer bekræfter det; perioden kan forlænges til 96 timer.
ie_clock_oral_two-days = En anmodning om brugeroplysninger, der i særlige hastetilfælde er fremsat mundtligt, bekræftes skriftligt inden for 2 dage.
ie_clock_preservation_ninety-days = Oplysningerne sikres i den periode, som afgørelsen angiver, højst 90 dage.
ie_clock_warrant_one-week = En ransagningskendelse fra District Court gælder i en uge.
ie_notice_order = Der er ikke fundet nogen bestemmelse om, hvorvidt en udbyder må underrette kontoindehaveren om en sådan afgørelse.
