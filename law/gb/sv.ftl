# Frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

gb_clock_overseas-order_seven-days = Uppgifterna lämnas ut inom 7 dagar, delgivningsdagen inräknad, om inte domaren anger en annan tid.
gb_clock_overseas-order_service = En overseas production order förfaller om den inte delges inom 3 månader från att den meddelades; bara ministern (Secretary of State) delger den.
gb_clock_authorisation_one-month = Ett tillstånd att inhämta kommunikationsuppgifter upphör efter 1 månad om det inte förnyas; ett föreläggande som redan har meddelats består, men inte om tillståndet återkallas.
gb_clock_authorisation_three-days = Ett brådskande tillstånd från en utsedd högre befattningshavare upphör efter 3 dagar.
gb_notice_communications-data = Att utan godtagbar ursäkt berätta för den berörde om en begäran om kommunikationsuppgifter är brottsligt; den begärande myndighetens tillåtelse är en sådan ursäkt. Texten anger inget slut.
gb_notice_overseas-order = Domaren får förordna att ingen underrättas om en overseas production order eller dess innehåll; ett sådant förordnande anger när det upphör.
gb_notice_interception = Den som tillhandahåller en teletjänst håller ett avlyssningstillstånds existens och innehåll hemliga.
