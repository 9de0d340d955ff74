# Frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

us_clock_comity_fourteen-days = Den lagstadgade ansökan om ändring eller upphävande ges in inom 14 dagar från delgivningen; den står öppen enbart för innehåll, när kunden inte är en US person och lagen i en kvalificerad utländsk stat skulle överträdas. Comity enligt common law har ingen sådan frist.
us_clock_preservation_ninety-days = Uppgifterna bevaras i 90 dagar, och i 90 dagar till på förnyad begäran; texten anger varken den första dagen eller någon gräns för förnyelser.
us_clock_backup_two-business-days = En säkerhetskopia som krävs genom subpoena eller domstolsföreläggande görs inom 2 arbetsdagar från mottagandet, utan att kunden underrättas, och bekräftas för myndigheten.
us_clock_backup_notice-to-customer = Myndigheten underrättar kunden inom 3 dagar från bekräftelsen att säkerhetskopian har gjorts, om underrättelsen inte har skjutits upp.
us_clock_backup_release = Säkerhetskopian lämnas ut tidigast 14 dagar efter att myndigheten underrättat kunden, och bara om varken kunden eller leverantören har begärt prövning.
us_clock_backup_customer-challenge = Kunden ansöker om upphävande inom 14 dagar från myndighetens underrättelse.
us_clock_notice_ninety-days = Myndigheten får skjuta upp sin egen underrättelse till kunden med högst 90 dagar, och med högst 90 dagar till för varje förlängning; detta ålägger inte leverantören tystnad.
us_clock_secrecy_thirty-days = När leverantören har meddelat att en domstol ska pröva tystnadsplikten i ett National Security Letter ansöker myndigheten om ett domstolsbeslut inom 30 dagar; tystnadsplikten gäller under tiden.
us_notice_order = Leverantören får underrätta kunden, om inte en domstol enligt § 2705(b) har förordnat att ingen får underrättas, så länge som domstolen finner lämpligt; att myndigheten får skjuta upp sin egen underrättelse (§ 2705(a)) ålägger ingen tystnad.
us_notice_preservation = Ett förordnande om tystnad hör till en warrant, en subpoena eller ett domstolsföreläggande; en ren begäran om bevarande, eller en som enbart grundas på fara, är inget av dessa.
us_notice_national-security-letter = Ett National Security Letter är hemligt bara om det intygar någon av skadorna och upplyser om rätten till domstolsprövning; advokat och de som behövs för att följa det får underrättas, och mottagaren kan förmå myndigheten att begära domstols beslut.
us_notice_foreign-intelligence = Ett beslut eller direktiv om utländsk underrättelseverksamhet ålägger leverantören tystnad; bara siffror i intervall får offentliggöras.
