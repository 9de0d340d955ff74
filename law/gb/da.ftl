# Regler, frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

gb_communications-data_entity = Med tilladelse fra Investigatory Powers Commissioner eller fra en udpeget overordnet tjenestemand kan enhedsdata (entity data) kræves ved et pålæg, når det er nødvendigt og forholdsmæssigt.
gb_communications-data_events = Til kriminalitetsbekæmpelse kan hændelsesdata (events data) kun kræves ved grov kriminalitet: en lovovertrædelse, der kan straffes med fængsel i 12 måneder eller derover, eller en, som bestemmelsen nævner; desuden af hensyn til den nationale sikkerhed.
gb_communications-data_events_threshold = Foreligger der ikke grov kriminalitet, omfatter et pålæg ikke hændelsesdata (events data).
    .instead = Angiv lovovertrædelsens strafmaksimum, eller at formålet er den nationale sikkerhed.
gb_communications-data_authorisation = Pålægget angiver tjenestemandens embede, rang eller stilling og støttes på en tilladelse fra Investigatory Powers Commissioner eller fra en udpeget overordnet tjenestemand.
    .instead = Send et pålæg, der angiver, hvem der har givet tilladelsen, efter hvilken bestemmelse og i hvilket embede, hvilken rang eller hvilken stilling.
gb_communications-data_content = Et pålæg om kommunikationsdata omfatter aldrig indhold.
    .instead = Indhent en dommers kendelse om indholdet.
gb_content_court = En dommer kan med hjemmel i lov pålægge udlevering af lagret indhold, for eksempel som special procedure material.
gb_interception = En kendelse om aflytning gennemføres uden for dette system; dens eksistens må ikke røbes for nogen (section 57).
    .instead = Udbyderens advokat svarer uden for dette system.
gb_foreign_direct = En virksomhed i Det Forenede Kongerige besvarer kun en udenlandsk anmodning, når britiske myndigheder gennemfører den.
    .instead = Indhent oplysningerne gennem { $channel }.
gb_agreement_located-in-uk = En amerikansk kendelse efter aftalen må ikke rettes mod nogen, der befinder sig i Det Forenede Kongerige.
    .instead = Træk kendelsen tilbage, og indhent oplysningerne gennem international retshjælp.
gb_overseas-order_service = En overseas production order forkyndes kun af ministeren (Secretary of State) eller Lord Advocate; en, som en politimyndighed selv overbringer, er muligvis ikke ægte.
    .instead = Få kendelsen forkyndt af ministeren (Secretary of State) gennem den udpegede myndighed.
gb_overseas-order_arrangement = Kendelsen støttes på en udpeget international samarbejdsordning (designated international co-operation arrangement), som den stat, hvor virksomheden driver virksomhed eller har hjemsted, er part i; kun ordningen med USA er fundet.
    .instead = Angiv den udpegede samarbejdsordning, eller indhent oplysningerne gennem { $channel }.
gb_overseas-order_communications-data = Over for en teleoperatør er kommunikationsdata undtaget: kendelsen omfatter indhold og andre lagrede oplysninger.
    .instead = Følg for kommunikationsdata fremgangsmåden efter del 3 i Investigatory Powers Act 2016.
gb_overseas-order_excepted = Kendelsen omfatter aldrig materiale, der er beskyttet af advokatfortrolighed (legal privilege), eller fortrolige personlige optegnelser (confidential personal records).
    .instead = Angiv, hvordan de undtagne oplysninger skal holdes adskilt.

gb_clock_overseas-order_seven-days = Oplysningerne udleveres inden for 7 dage, forkyndelsesdagen medregnet, medmindre dommeren angiver en anden frist.
gb_clock_overseas-order_service = En overseas production order bortfalder, hvis den ikke forkyndes inden for 3 måneder fra udstedelsen; kun ministeren (Secretary of State) forkynder den.
gb_clock_authorisation_one-month = En tilladelse til at indhente kommunikationsdata ophører efter 1 måned, medmindre den fornyes; et pålæg givet forinden består, men ikke hvis tilladelsen tilbagekaldes.
gb_clock_authorisation_three-days = En hastetilladelse fra en udpeget overordnet tjenestemand ophører efter 3 dage.
gb_notice_communications-data = At fortælle den berørte om en anmodning om kommunikationsdata uden rimelig grund er strafbart; den anmodende myndigheds tilladelse er en sådan grund. Teksten angiver ingen udløbsdato.
gb_notice_overseas-order = Dommeren kan bestemme, at ingen må underrettes om en overseas production order eller dens indhold; en sådan bestemmelse angiver, hvornår den udløber.
gb_notice_interception = Den, der udbyder en teletjeneste, holder en aflytningskendelses eksistens og indhold hemmeligt.
