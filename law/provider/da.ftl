# Regler på dansk; nøglen er reglens navn med _ for hvert punktum.

provider_abroad_own-court = Trafikdata eller indhold, der er lagret i et andet land end myndighedens, udleveres ikke, alene fordi der foreligger en afgørelse fra myndighedens eget land, selv om den virksomhed, som afgørelsen er rettet til, er undergivet den: udbyderens advokat gør indsigelse for den ret, der har udstedt den.
    .instead = Indhent oplysningerne gennem { $channel }.
provider_abroad_foreign = Trafikdata eller indhold, der er lagret i et andet land end myndighedens, indhentes gennem dette land: efter traktat, efter forordning (EU) 2023/1543 eller ved en kendelse fra landets egne domstole.
    .instead = Indhent oplysningerne gennem { $channel }.
provider_abroad_records = Er abonnentoplysninger eller oplysninger, der alene identificerer brugeren, lagret i et andet land, udleveres de efter en afgørelse fra myndighedens eget land kun, når udbyderens advokat har fundet, at loven på lagringsstedet ikke forbyder det; inden for Unionen kræves dette ikke.
    .instead = Indhent oplysningerne gennem { $channel }, eller vent: udbyderens advokat undersøger loven i det land, hvor oplysningerne er lagret.
provider_enterprise-customer = En erhvervskundes oplysninger indhentes hos kunden, som råder over dem, medmindre myndigheden angiver, at der ikke kan rettes henvendelse til kunden.
    .instead = Ret henvendelse til erhvervskunden, som er dataansvarlig (udbyderen oplyser en kontaktperson dér), eller angiv, hvorfor der ikke kan rettes henvendelse til kunden.
provider_content_needs-judge = Indhold udleveres kun efter en afgørelse, som en dommer har udstedt eller godkendt, undtagen i en nødsituation efter amerikansk ret, som udbyderen selv anser for reel.
    .instead = Send en dommers ransagningskendelse, kendelse eller afgørelse om indholdet.
provider_mutual-assistance-request = En anmodning om international retshjælp eller en europæisk efterforskningskendelse er rettet til en stat; udbyderen efterkommer den afgørelse, hvorved denne stat gennemfører den.
    .instead = Send den til den stat, hvor oplysningerne er lagret: { $channel }.
provider_interception = En kendelse om aflytning efterkommes ikke gennem dette system, som kun udleverer lagrede oplysninger.
    .instead = Send en afgørelse, der omfatter lagrede oplysninger; en kendelse om aflytning besvares af udbyderens advokat uden for dette system.
provider_relevance = Det, der ikke har nogen synlig forbindelse med det, der efterforskes, udleveres ikke, før myndigheden påviser forbindelsen.
    .instead = Angiv, hvad der forbinder kontoen og perioden med lovovertrædelsen.
provider_expired = En afgørelse efterkommes ikke efter den sidste dag, som den angiver.
    .instead = Få afgørelsen fornyet.
provider_privileged = Trafikdata eller indhold vedrørende en person, som vides at være bundet af faglig tavshedspligt, udleveres kun, når udbyderens advokat har fundet, at tavshedspligten ikke er til hinder for det.
    .instead = Angiv, hvordan materiale, der er omfattet af tavshedspligten, skal holdes adskilt; indtil da gør udbyderens advokat indsigelse.
provider_unverified = Intet udleveres eller sikres, før en person hos udbyderen har efterprøvet, at anmodningen kommer fra den myndighed, som den angiver.
    .instead = Besvar udbyderens opkald til myndighedens offentliggjorte nummer, så anmodningen kan efterprøves.
provider_unnamed = Intet udleveres eller sikres, medmindre anmodningen navngiver kontoen: ingen masseudtræk, intet interval, ingen liste, der først skal laves.
    .instead = Angiv hver konto ved en adresse, et nummer eller en brugeridentitet, og angiv perioden.
