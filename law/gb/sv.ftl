# Regler, frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

gb_communications-data_entity = På grundval av ett tillstånd från Investigatory Powers Commissioner eller en utsedd högre befattningshavare får ett föreläggande avse entitetsuppgifter (entity data), när det är nödvändigt och proportionellt.
gb_communications-data_events = För brottsbekämpning får händelseuppgifter (events data) krävas bara när brottet är allvarligt: ett brott som kan ge fängelse i tolv månader eller mer, eller ett som paragrafen nämner; dessutom för den nationella säkerheten.
gb_communications-data_events_threshold = Utan ett allvarligt brott omfattar ett föreläggande inte händelseuppgifter (events data).
    .instead = Ange maximistraffet för brottet, eller att ändamålet är nationell säkerhet.
gb_communications-data_authorisation = Föreläggandet anger tjänstemannens ämbete, grad eller befattning och grundas på ett tillstånd från Investigatory Powers Commissioner eller en utsedd högre befattningshavare.
    .instead = Sänd ett föreläggande som anger vem som gav tillståndet, enligt vilken paragraf och i vilket ämbete, med vilken grad eller i vilken befattning.
gb_communications-data_content = Ett föreläggande om kommunikationsuppgifter omfattar aldrig innehåll.
    .instead = Utverka ett beslut av en domare om innehållet.
gb_content_court = En domare får med stöd av lag besluta att lagrat innehåll ska lämnas ut, till exempel som special procedure material.
gb_interception = Ett tillstånd till avlyssning verkställs utanför detta system; att det finns får inte avslöjas för någon (section 57).
    .instead = Leverantörens juridiska ombud svarar, utanför detta system.
gb_foreign_direct = Ett företag i Förenade kungariket besvarar en utländsk begäran bara när brittiska myndigheter verkställer den.
    .instead = Begär uppgifterna genom { $channel }.
gb_agreement_located-in-uk = Ett amerikanskt beslut enligt avtalet får inte rikta sig mot någon som befinner sig i Förenade kungariket.
    .instead = Återkalla beslutet och begär uppgifterna genom internationell rättslig hjälp.
gb_overseas-order_service = En overseas production order delges bara av ministern (Secretary of State) eller Lord Advocate; en som en polismyndighet själv överlämnar är kanske inte äkta.
    .instead = Låt ministern (Secretary of State) delge ordern, genom den utsedda myndigheten.
gb_overseas-order_arrangement = Ordern grundas på en utpekad internationell samarbetsöverenskommelse (designated international co-operation arrangement) i vilken den stat där företaget är verksamt eller har sitt säte är part; bara den med Förenta staterna har hittats.
    .instead = Ange den utpekade överenskommelsen, eller begär uppgifterna genom { $channel }.
gb_overseas-order_communications-data = Gentemot en teleoperatör är kommunikationsuppgifter undantagna: ordern omfattar innehåll och andra lagrade uppgifter.
    .instead = Följ ordningen i Part 3 i Investigatory Powers Act 2016 för kommunikationsuppgifter.
gb_overseas-order_excepted = Ordern avser aldrig material som skyddas av advokatsekretess (legal privilege) eller konfidentiella personakter (confidential personal records).
    .instead = Ange hur undantagna uppgifter ska hållas åtskilda.

gb_clock_overseas-order_seven-days = Uppgifterna lämnas ut inom 7 dagar, delgivningsdagen inräknad, om inte domaren anger en annan tid.
gb_clock_overseas-order_service = En overseas production order förfaller om den inte delges inom 3 månader från att den meddelades; bara ministern (Secretary of State) delger den.
gb_clock_authorisation_one-month = Ett tillstånd att inhämta kommunikationsuppgifter upphör efter 1 månad om det inte förnyas; ett föreläggande som redan har meddelats består, men inte om tillståndet återkallas.
gb_clock_authorisation_three-days = Ett brådskande tillstånd från en utsedd högre befattningshavare upphör efter 3 dagar.
gb_notice_communications-data = Att utan godtagbar ursäkt berätta för den berörde om en begäran om kommunikationsuppgifter är brottsligt; den begärande myndighetens tillåtelse är en sådan ursäkt. Texten anger inget slut.
gb_notice_overseas-order = Domaren får förordna att ingen underrättas om en overseas production order eller dess innehåll; ett sådant förordnande anger när det upphör.
gb_notice_interception = Den som tillhandahåller en teletjänst håller ett avlyssningstillstånds existens och innehåll hemliga.
