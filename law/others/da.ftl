# Regler på dansk; nøglen er reglens navn med _ for hvert punktum.

others_pack = Alle andre: lande uden eget regelsæt
    .covers = Hvad der gælder for myndigheder og virksomheder i lande, som intet regelsæt her angår; sikring over grænserne.
    .status = udkast; ikke gennemgået af jurist
others_foreign_direct = En myndighed i et land, hvis ret regelsættet ikke omfatter, henvender sig til en virksomhed i et andet land gennem dette land, efter traktat eller ved retsanmodning.
    .instead = Indhent oplysningerne gennem { $channel }.
    .cite = Almindelig folkeret: ingen stat udøver magt på en anden stats territorium
    .verified = ikke kontrolleret: landets lovgivning er ikke læst; ikke gennemgået af jurist
others_addressee = En virksomhed i et land, hvis ret regelsættet ikke omfatter, efterkommer kun en udenlandsk afgørelse, når landets egne myndigheder gennemfører den.
    .instead = Indhent oplysningerne gennem { $channel }.
    .cite = Almindelig folkeret: ingen stat udøver magt på en anden stats territorium
    .verified = ikke kontrolleret: landets lovgivning er ikke læst; ikke gennemgået af jurist
others_unconfirmed = I myndighedens eget land kan dens afgørelse være bindende for udbyderens eget forretningssted dér; indtil en advokat med beskikkelse i landet har bekræftet det, udleveres intet.
    .instead = Angiv den bestemmelse, som afgørelsen støttes på; udbyderen spørger en advokat med beskikkelse i landet.
    .cite = Loven i myndighedens eget land, som regelsættet ikke omfatter
    .verified = ikke kontrolleret: landets lovgivning er ikke læst; ikke gennemgået af jurist
others_own-establishment = En dommers kendelse eller ransagningskendelse fra et land, hvis ret regelsættet ikke omfatter, efterkommes, når en advokat med beskikkelse i landet har bekræftet, at den er gyldig og bindende. Den skal være rettet til udbyderens eget forretningssted dér og angå oplysninger lagret dér.
    .cite = Loven i myndighedens eget land, som regelsættet ikke omfatter
    .verified = ikke kontrolleret: landets lovgivning er ikke læst; en advokat dér bekræfter det fra sag til sag; ikke gennemgået af jurist
others_preservation = En anmodning om at sikre oplysninger i udlandet går gennem netværket af kontaktpunkter, der kan nås døgnet rundt; den anmodede stat bestemmer sikringen efter sin egen lov uden at spørge, om handlingen er strafbar der.
    .instead = Lad jeres lands kontaktpunkt efter artikel 35 i konventionen om it-kriminalitet få oplysningerne sikret, og indhent dem derefter gennem { $channel }.
    .cite = Konventionen om it-kriminalitet (Budapest, 23. november 2001), artikel 16, 29 og 35
    .verified = sekundær kilde: artikel 29, stk. 3, og artikel 35; ikke kontrolleret: hvem der er part; ikke gennemgået af jurist
others_own-establishment_preservation = En afgørelse om sikring, der er rettet til udbyderens forretningssted i landet, efterkommes, når en advokat med beskikkelse dér har bekræftet, at den er gyldig og bindende.
    .cite = Loven i myndighedens eget land, som regelsættet ikke omfatter; sml. artikel 16 i konventionen om it-kriminalitet
    .verified = ikke kontrolleret: landets lovgivning er ikke læst; en advokat dér bekræfter det fra sag til sag; ikke gennemgået af jurist
