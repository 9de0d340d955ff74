# Frister og underretninger på dansk; nøglen er reglens navn med _ for hvert punktum.

gb_clock_overseas-order_seven-days = Oplysningerne udleveres inden for 7 dage, forkyndelsesdagen medregnet, medmindre dommeren angiver en anden frist.
gb_clock_overseas-order_service = En overseas production order bortfalder, hvis den ikke forkyndes inden for 3 måneder fra udstedelsen; kun ministeren (Secretary of State) forkynder den.
gb_clock_authorisation_one-month = En tilladelse til at indhente kommunikationsdata ophører efter 1 måned, medmindre den fornyes; et pålæg givet forinden består, men ikke hvis tilladelsen tilbagekaldes.
gb_clock_authorisation_three-days = En hastetilladelse fra en udpeget overordnet tjenestemand ophører efter 3 dage.
gb_notice_communications-data = At fortælle den berørte om en anmodning om kommunikationsdata uden rimelig grund er strafbart; den anmodende myndigheds tilladelse er en sådan grund. Teksten angiver ingen udløbsdato.
gb_notice_overseas-order = Dommeren kan bestemme, at ingen må underrettes om en overseas production order eller dens indhold; en sådan bestemmelse angiver, hvornår den udløber.
gb_notice_interception = Den, der udbyder en teletjeneste, holder en aflytningskendelses eksistens og indhold hemmeligt.
