# Sidorna i ärendet och i ett paket, på svenska.

## Days, times, lists

month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
date-day = den { $day } { $month } { $year }
date-as-of = den { $day } { $month } { $year }
date-time = { $day } kl. { $time }
date-in-zone = { $at } ({ $zone })
date-both = { $at } ({ $zone }; { $utc } UTC)
zone-UTC = UTC
zone-Europe-Stockholm = svensk tid
zone-Europe-Copenhagen = dansk tid
zone-Europe-Dublin = irländsk tid
zone-Europe-London = brittisk tid
zone-Europe-Berlin = tysk tid
zone-Europe-Helsinki = finländsk tid
zone-Europe-Paris = fransk tid
zone-Europe-Amsterdam = nederländsk tid
zone-Europe-Warsaw = polsk tid
span-days = från och med { $from } till och med { $last }
span-instants = från { $from } till { $until }
span-from = från och med { $from }
span-until = till { $until }
span-open = utan början, till { $until }
span-none = ingen period angiven
list-and = { $first } och { $last }

## Countries

country-AT = Österrike
country-BE = Belgien
country-BG = Bulgarien
country-CH = Schweiz
country-CY = Cypern
country-CZ = Tjeckien
country-DE = Tyskland
country-DK = Danmark
country-EE = Estland
country-ES = Spanien
country-FI = Finland
country-FR = Frankrike
country-GB = Storbritannien
country-GR = Grekland
country-HR = Kroatien
country-HU = Ungern
country-IE = Irland
country-IS = Island
country-IT = Italien
country-LI = Liechtenstein
country-LT = Litauen
country-LU = Luxemburg
country-LV = Lettland
country-MT = Malta
country-NL = Nederländerna
country-NO = Norge
country-PL = Polen
country-PT = Portugal
country-RO = Rumänien
country-SE = Sverige
country-SI = Slovenien
country-SK = Slovakien
country-UA = Ukraina
country-US = USA
country-AD = Andorra
country-AE = Förenade Arabemiraten
country-AF = Afghanistan
country-AG = Antigua och Barbuda
country-AI = Anguilla
country-AL = Albanien
country-AM = Armenien
country-AO = Angola
country-AQ = Antarktis
country-AR = Argentina
country-AS = Amerikanska Samoa
country-AU = Australien
country-AW = Aruba
country-AX = Åland
country-AZ = Azerbajdzjan
country-BA = Bosnien och Hercegovina
country-BB = Barbados
country-BD = Bangladesh
country-BF = Burkina Faso
country-BH = Bahrain
country-BI = Burundi
country-BJ = Benin
country-BL = S:t Barthélemy
country-BM = Bermuda
country-BN = Brunei
country-BO = Bolivia
country-BQ = Karibiska Nederländerna
country-BR = Brasilien
country-BS = Bahamas
country-BT = Bhutan
country-BV = Bouvetön
country-BW = Botswana
country-BY = Belarus
country-BZ = Belize
country-CA = Kanada
country-CC = Kokosöarna
country-CD = Kongo-Kinshasa
country-CF = Centralafrikanska republiken
country-CG = Kongo-Brazzaville
country-CI = Elfenbenskusten
country-CK = Cooköarna
country-CL = Chile
country-CM = Kamerun
country-CN = Kina
country-CO = Colombia
country-CR = Costa Rica
country-CU = Kuba
country-CV = Kap Verde
country-CW = Curaçao
country-CX = Julön
country-DJ = Djibouti
country-DM = Dominica
country-DO = Dominikanska republiken
country-DZ = Algeriet
country-EC = Ecuador
country-EG = Egypten
country-EH = Västsahara
country-ER = Eritrea
country-ET = Etiopien
country-FJ = Fiji
country-FK = Falklandsöarna
country-FM = Mikronesien
country-FO = Färöarna
country-GA = Gabon
country-GD = Grenada
country-GE = Georgien
country-GF = Franska Guyana
country-GG = Guernsey
country-GH = Ghana
country-GI = Gibraltar
country-GL = Grönland
country-GM = Gambia
country-GN = Guinea
country-GP = Guadeloupe
country-GQ = Ekvatorialguinea
country-GS = Sydgeorgien och Sydsandwichöarna
country-GT = Guatemala
country-GU = Guam
country-GW = Guinea-Bissau
country-GY = Guyana
country-HK = Hongkong SAR
country-HM = Heardön och McDonaldöarna
country-HN = Honduras
country-HT = Haiti
country-ID = Indonesien
country-IL = Israel
country-IM = Isle of Man
country-IN = Indien
country-IO = Brittiska territoriet i Indiska oceanen
country-IQ = Irak
country-IR = Iran
country-JE = Jersey
country-JM = Jamaica
country-JO = Jordanien
country-JP = Japan
country-KE = Kenya
country-KG = Kirgizistan
country-KH = Kambodja
country-KI = Kiribati
country-KM = Komorerna
country-KN = S:t Kitts och Nevis
country-KP = Nordkorea
country-KR = Sydkorea
country-KW = Kuwait
country-KY = Caymanöarna
country-KZ = Kazakstan
country-LA = Laos
country-LB = Libanon
country-LC = S:t Lucia
country-LK = Sri Lanka
country-LR = Liberia
country-LS = Lesotho
country-LY = Libyen
country-MA = Marocko
country-MC = Monaco
country-MD = Moldavien
country-ME = Montenegro
country-MF = Saint-Martin
country-MG = Madagaskar
country-MH = Marshallöarna
country-MK = Nordmakedonien
country-ML = Mali
country-MM = Myanmar (Burma)
country-MN = Mongoliet
country-MO = Macao SAR
country-MP = Nordmarianerna
country-MQ = Martinique
country-MR = Mauretanien
country-MS = Montserrat
country-MU = Mauritius
country-MV = Maldiverna
country-MW = Malawi
country-MX = Mexiko
country-MY = Malaysia
country-MZ = Moçambique
country-NA = Namibia
country-NC = Nya Kaledonien
country-NE = Niger
country-NF = Norfolkön
country-NG = Nigeria
country-NI = Nicaragua
country-NP = Nepal
country-NR = Nauru
country-NU = Niue
country-NZ = Nya Zeeland
country-OM = Oman
country-PA = Panama
country-PE = Peru
country-PF = Franska Polynesien
country-PG = Papua Nya Guinea
country-PH = Filippinerna
country-PK = Pakistan
country-PM = S:t Pierre och Miquelon
country-PN = Pitcairnöarna
country-PR = Puerto Rico
country-PS = Palestinska territorierna
country-PW = Palau
country-PY = Paraguay
country-QA = Qatar
country-RE = Réunion
country-RS = Serbien
country-RU = Ryssland
country-RW = Rwanda
country-SA = Saudiarabien
country-SB = Salomonöarna
country-SC = Seychellerna
country-SD = Sudan
country-SG = Singapore
country-SH = S:t Helena
country-SJ = Svalbard och Jan Mayen
country-SL = Sierra Leone
country-SM = San Marino
country-SN = Senegal
country-SO = Somalia
country-SR = Surinam
country-SS = Sydsudan
country-ST = São Tomé och Príncipe
country-SV = El Salvador
country-SX = Sint Maarten
country-SY = Syrien
country-SZ = Eswatini
country-TC = Turks- och Caicosöarna
country-TD = Tchad
country-TF = Franska sydterritorierna
country-TG = Togo
country-TH = Thailand
country-TJ = Tadzjikistan
country-TK = Tokelauöarna
country-TL = Östtimor
country-TM = Turkmenistan
country-TN = Tunisien
country-TO = Tonga
country-TR = Turkiet
country-TT = Trinidad och Tobago
country-TV = Tuvalu
country-TW = Taiwan
country-TZ = Tanzania
country-UG = Uganda
country-UM = USA:s yttre öar
country-UY = Uruguay
country-UZ = Uzbekistan
country-VA = Vatikanstaten
country-VC = S:t Vincent och Grenadinerna
country-VE = Venezuela
country-VG = Brittiska Jungfruöarna
country-VI = Amerikanska Jungfruöarna
country-VN = Vietnam
country-VU = Vanuatu
country-WF = Wallis- och Futunaöarna
country-WS = Samoa
country-XK = Kosovo
country-YE = Jemen
country-YT = Mayotte
country-ZA = Sydafrika
country-ZM = Zambia
country-ZW = Zimbabwe

## People

provider = Leverantör
case = Vårt ärende
role-analyst = handläggare
role-counsel = leverantörens jurist
role-data-operator = driftansvarig
role-administrator = administratör
role-auditor = granskare
actor-agent = uttagsprogrammet i { $region }
actor-mailbox = brevlådan { $address }
actor-outgoing = handläggningens utgående post

## The demand

demand-authority = Myndighet
demand-officer = Befattningshavare
demand-reference = Myndighetens beteckning
demand-instrument = Beslut som begäran grundas på
demand-issued = utfärdat { $day } av { $by }
demand-validated = godkänt av { $by }
demand-valid-until = gäller till och med { $day }
demand-addressee = Riktat till
demand-offence = Brott
demand-penalty = { $count ->
    [one] straffmaximum { $count } månad
   *[other] straffmaximum { $count } månader
 }
demand-emergency = Uppgiven fara
demand-secrecy = Begärt meddelandeförbud
demand-secrecy-until = gäller till { $until }
demand-secrecy-no-end = Något slutdatum är inte angivet.
demand-asked = Begärda uppgifter
checked-sender = Avsändare
checked-verified = Kontrollerad: begäran kommer från denna myndighet.
checked-not-verified = INTE kontrollerad: ingenting får lämnas ut.
checked-not-yet = Inte kontrollerad ännu.
checked-by = { $by }, { $at }: { $how }
emergency-belief = Bedömning av faran
emergency-not-judged = Inte bedömd ännu.
emergency-believed = { $by } har antecknat att leverantören i god tro bedömer att faran är verklig.
emergency-not-believed = { $by } har antecknat att leverantören inte bedömer att faran är verklig.
originals = Originalhandlingar
original-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } byte
 }
original-from = från { $from }
original-reference = deras beteckning: { $reference }
original-describes = beskriver begäran, tillförd av handläggare
channel-post = med post
channel-fax = med fax
channel-email = med e-post
channel-portal = genom en portal
channel-door = genom ingången för myndigheter
channel-telephone = per telefon
channel-in-person = personligen
channel-other = på annat sätt

## The memo

memo-title = Promemoria till akten
memo-date = Datum
memo-author = Handläggare
memo-law-as-of = Gällande rätt
memo-law-digest = Regelverkets kontrollsumma
memo-demand = Begäran
memo-not-verified = Det är inte kontrollerat att begäran kommer från denna myndighet. Ingenting lämnas ut.
memo-summary = Vad reglerna leder till
memo-next-due = Nästa frist
memo-findings = Bedömning
memo-clocks = Frister
memo-no-clocks = Ingen frist i regelverket är tillämplig.
memo-no-receipt = Det är inte antecknat när begäran kom in. Frister som räknas från den dagen kan därför inte anges.
memo-notice = Underrättelse till kontoinnehavaren
notice-who = Vem underrättar
notice-next = Nästa steg
memo-signature = Underskrift
memo-signature-line = Datum: ____________________   Jurist: ______________________________
memo-untranslated = Meningar som är märkta som ej översatta återges på engelska, som i regelverket.

## A case

case-title = Ärende { $case }
case-state = Läge
case-owner = Handläggare
case-unreadable = Originalet kan inte läsas som en beskrivning av en begäran: { $why }
answers = Svar
answer-pending = inget svar ännu
answer-found-after-all = inget var känt här; sökningen gav träff
answer-reason = Angivet skäl
mandates = Uttagsorder
mandate-name = Uttagsorder { $digest }…
mandate-parts = Delar
mandate-signed-by = Underskriven av
mandate-nobody = ingen ännu
mandate-barred = Stoppad
mandate-barred-delivered = Det som redan är utlämnat ska raderas där: be myndigheten bekräfta det.
mandate-produced = Uttag
mandate-large-for-smime = Större än 1,5 GB och förseglat till ett S/MIME-certifikat: många program, bland dem OpenSSL, öppnar inget så stort meddelande. Fråga myndigheten om den kan öppna det, eller be om en nyckel för age eller OpenPGP.
mandate-preserved = Bevarat
mandate-preserved-until = En förseglad kopia finns på lagringsorten till och med den { $until }.
mandate-preserved-undated = { $count ->
    [one] Där finns också ett objekt vars datum inte kan fastställas.
   *[other] Där finns också { $count } objekt vars datum inte kan fastställas.
 }
mandate-preserved-sources = Genomsökt: { $sources }
mandate-preserved-expired = Raderad { $at }: tiden för bevarande hade gått ut.
mandate-preserved-recalled = Raderad { $at }: uttagsordern återkallades.
mandate-items = { $count ->
    [0] inget hittades
    [one] { $count } post
   *[other] { $count } poster
 }
mandate-withheld = { $count ->
    [one] { $count } post hålls inne för juristens granskning: bara en människa kan avgöra om den hör till begäran
   *[other] { $count } poster hålls inne för juristens granskning: bara en människa kan avgöra om de hör till begäran
 }
mandate-not-produced = Inget uttag
agent-refused = { $kind } Programmets egna ord (på engelska): { $why }
agent-refused-signatures = De två underskrifter som det kräver saknas.
agent-refused-log = Det hittar inte uttagsordern i den offentliga loggen eller litar inte på loggen.
agent-refused-law = Dess regelverk tillåter det inte eller kan inte tillämpas.
agent-refused-mandate = Uttagsordern själv är fel: omfattning, giltighetstid eller mottagare stämmer inte, eller så har uttaget redan gjorts.
agent-refused-recalled = Uttagsordern var återkallad.
agent-refused-unreadable = Det som kom fram kan inte läsas.
agent-refused-unknown-account = På dess lagringsort är inget konto med det namnet känt.
agent-refused-inquiry = Frågan om konton duger inte: den är för en annan lagringsort, har gått ut eller har redan besvarats.
agent-refused-limit = Det har svarat om så många konton som det gör på ett dygn.
agent-refused-act = Det kan inte göra det som uttagsordern tillåter.
agent-refused-source = Ett lagringsställe svarade inte som det ska.
agent-refused-card = Ärendet har inget eget kort i den offentliga loggen.
agent-refused-configuration = Det är inte inställt för detta.
agent-refused-package = Paketet klarade inte sin egen kontroll eller kunde inte förseglas.
agent-refused-key = Dess nyckel kan inte skriva under.
agent-refused-ledger = Dess förteckning över gjorda uttag kan inte användas.
agent-refused-io = En fil kunde inte läsas eller skrivas.
agent-refused-fault = Programmet fungerade inte.
agent-refused-other = Ett slags skäl som den här versionen av programmet inte känner till: ett nyare uttagsprogram angav det.
mandate-recalled = Återkallad
mandate-recalled-waits = Tills uttagsprogrammet har svarat på det kan uttaget fortfarande göras.
mandate-lapsed = Gäller inte längre
mandate-lapsed-expired = Den löpte ut { $at }, och ingen har svarat att uttaget gjordes.
mandate-lapsed-recalled = Den återkallades, och uttagsprogrammet har svarat att uttaget aldrig görs.
mandate-lapsed-needless = Uppgifterna togs till slut ut enligt en äldre uttagsorder.
mandate-delivered = Överlämnat till
mandate-removed = Paketet borttaget
mandate-removed-by = { $at }, av { $by }; kvittot finns kvar
mandate-removed-not-certain = det är inte känt om lagringen har något kvar av det
mandate-passphrase = Lösenfras
mandate-passphrase-how = { $by } lämnar den per telefon på { $number } och på inget annat nummer
mandate-passphrase-told = lämnad; antecknat { $at }
mandate-passphrase-not-told = inte lämnad ännu
events = Händelser i ärendet
event-number = nr
event-at = när
event-what = vad
event-who = vem
event-why = varför
event-received = kom in
event-file-attached = fil tillagd
event-not-readable = ska beskrivas av en person
event-described = beskrivet
event-authenticated = avsändaren kontrollerad
event-not-authenticated = avsändaren inte bekräftad
event-emergency-judged = faran bedömd
event-assessed = bedömt
event-decided = beslutat
event-mandate-drafted = uttagsorder upprättad
event-approved = uttagsorder underskriven
event-approved-by = uttagsorder underskriven av { $by }
event-mandated = uttagsorder utfärdad
event-produced = uppgifter uttagna
event-not-produced = inget uttag
event-mandate-recalled = uttagsorder återkallad
event-mandate-lapsed = uttagsorder gäller inte längre
event-delivered = överlämnat
event-assigned = inte längre fördelat
event-assigned-to = fördelat till { $to }
event-handed-to-group = lämnat till en grupp
event-handed-to-group-that = lämnat till gruppen { $group }
event-note = anteckning
event-note-privileged = anteckning endast för juristen
event-note-sealed = anteckning endast för juristen, nummer { $number }, förseglad till { $people }
event-card-given = räknas i den offentliga statistiken
event-card-given-at = räknas i den offentliga statistiken: kort { $place } i fil { $slot }
event-closed = avslutat
event-called-back = motringning till myndigheten
event-linked = kopplat till ett annat ärende
event-linked-answered-there = skickad igen; besvaras i ärende { $to }
event-linked-sent-again = skickad igen; registrerad som ärende { $to }
event-linked-related = hör ihop med ärende { $to }
event-closed-while-duties-run = avslutat; bevakning kvarstår
event-reopened = återupptaget
event-asked = fråga ställd vid ingången
event-asked-that = fråga ställd vid ingången: { $text }
event-fetched = hämtat av en tjänsteman vid myndigheten
event-viewed = sett av en tjänsteman vid myndigheten
event-receipt-confirmed = en tjänsteman vid myndigheten har det och kunde öppna det
event-passphrase-told = lösenfras lämnad per telefon
event-package-removed = förseglat paket borttaget
event-something-missing = en tjänsteman vid myndigheten anger vad som saknas
event-missed-that = en tjänsteman vid myndigheten anger vad som saknas: { $text }

## Why, where the desk itself says it of an event

event-why-received = mottaget
event-why-as-received = som det kom in
event-why-kept-as-received = sparad som den kom in
event-why-described-by-a-person = beskriven av en person
event-why-belongs-to-the-demand = hör till begäran
event-why-number-of-the-list = numret i myndighetslistan
event-why-for-two-signatures = för två underskrifter
event-why-two-people-signed = två personer har skrivit under, en av dem leverantörens jurist
event-why-as-proposed = som regelverket föreslår
event-why-agents-answer = uttagsprogrammets svar
event-why-agents-receipt = uttagsprogrammets kvitto
event-why-handed-over = förseglat paket överlämnat
event-why-removed = förseglat paket borttaget
event-why-answered = besvarat
event-why-signed = underskriven
event-why-sent = sänt
event-why-law-as-of = gällande rätt { $day }

## The list of cases

list-title = { $count ->
    [0] Inga ärenden
    [one] { $count } ärende
   *[other] { $count } ärenden
 }
list-case = ärende
list-received = kom in
list-due = senast ({ $zone })
list-authority = myndighet
list-reference = beteckning
list-instrument = beslut
list-state = läge
list-answer = svar
list-file = ej beskriven: { $file }
state-of-received = inkommet, ej beskrivet
state-of-described = beskrivet
state-of-authenticated = avsändaren kontrollerad
state-of-not-authenticated = avsändaren inte bekräftad
state-of-assessed = bedömt
state-of-decided = beslutat
state-of-partly-approved = delvis underskrivet
state-of-mandated = uttag pågår
state-of-not-produced = inget uttag
state-of-produced = uppgifter uttagna
state-of-delivered = överlämnat
state-of-waiting = delvis besvarat, resten väntar
state-of-duties-run = avslutat, bevakning kvarstår
state-of-closed = avslutat

## The page to sign

signing-title = Att skriva under i ärende { $case }
signing-title-of-several = Att underteckna i ärende { $case }: uttagsorder { $place } av { $of }
signing-intro = Med din underskrift tillåter { $provider } att uttagsprogrammet i { $region } en enda gång tar ut exakt de uppgifter som anges nedan och förseglar dem för { $recipient }. Ingenting annat lämnas ut genom denna uttagsorder. Läs originalhandlingen innan du skriver under.
signing-intro-preserve = Med din underskrift tillåter { $provider } att uttagsprogrammet i { $region } bevarar exakt de uppgifter som anges nedan. Ingenting lämnas ut genom denna uttagsorder. Läs originalhandlingen innan du skriver under.
signing-intro-review = Med din underskrift tillåter { $provider } att uttagsprogrammet i { $region } en enda gång förseglar för { $recipient } det som juristen har godkänt för utlämnande av det som hölls inne vid en tidigare sökning i ärendet. Ingenting annat lämnas ut genom denna uttagsorder. Du skriver under nummer och skäl; själva uppgifterna granskas bara i { $region }.
signing-intro-look-up = Med din underskrift tillåter { $provider } att uttagsprogrammet i { $region } en gång tar reda på vems konto var och en av dessa uppgifter avser. Svaret går till leverantörens handläggare och till ingen annan; inget lämnas ut genom denna uttagsorder. Vad som begärs om kontot kräver en egen uttagsorder. Läs originalet innan du skriver under.
signing-looks-up = Vad som söks fram
signing-searches = Det här söks
signing-told-to = Lämnas till
signing-desk-alone = handläggarna hos { $provider } och ingen annan
signing-around = { $count ->
    [one] Högst { $count } sekund före och efter tidpunkten
   *[other] Högst { $count } sekunder före och efter tidpunkten
 }
signing-as-it-stands = Som det står nu
looked-up = Vems konto det visade sig vara
looked-in = i { $source } stämmer { $matched } av { $examined } poster
looked-in-unreadable = { $count ->
    [one] , { $count } kan inte läsas
   *[other] , { $count } kan inte läsas
 }
looked-in-no-port = , utan hänsyn till porten, som inte sparas där
signing-review-by = Beslutat av { $by }. Uttagsprogrammet godtar uttagsordern bara med den personens underskrift.
signing-preserves = Det här bevaras
signing-stays-preserve = Det här bevaras inte
signing-kept = för ingen: en förseglad kopia stannar på lagringsorten till och med den { $until } och raderas sedan. Ingen läser den innan två personer har undertecknat en uttagsorder som avser utlämnande.
signing-kept-longer = för ingen: den förseglade kopia som finns på lagringsorten stannar där till och med den { $until } och raderas sedan. Ingen ny sökning görs.
signing-leaves = Det här lämnas ut
signing-accounts = { $count ->
    [one] Konto
   *[other] { $count } konton
 }
signing-account = konto
signing-kinds = Uppgifter
signing-period = Period
signing-from = Tas ut i
signing-to = Förseglas för
signing-fingerprint = nyckelns fingeravtryck: { $words }
signing-x509 = X.509-certifikat: ingen har kontrollerat vem som utfärdade det eller om det är spärrat. Det gäller därför att fingeravtrycket jämfördes med myndigheten
signing-recipient-known = känd sedan { $day }, enligt din egen förteckning över mottagare
signing-recipient-new = NY: finns inte i din förteckning över mottagare. Be myndigheten läsa upp fingeravtrycket, på ett nummer som du själv har tagit fram, innan du undertecknar
signing-recipient-not-asked = inte jämförd med någon egen förteckning över mottagare. Be myndigheten läsa upp fingeravtrycket, på ett nummer som du själv har tagit fram
signing-passphrase = förseglat med en engångslösenfras som { $by } lämnar per telefon på { $number } och på inget annat nummer
signing-passphrase-worth = Mindre värt än en nyckel: den som hör samtalet och har paketet kan öppna det
signing-number-known = numret är känt för dig sedan { $day } genom din egen lista över mottagare
signing-number-new = NYTT: numret finns inte i din lista över mottagare. Sök upp det själv och låt myndigheten svara där innan du undertecknar
signing-number-not-asked = numret har inte jämförts med en egen lista över mottagare. Sök upp det själv och låt myndigheten svara där innan du undertecknar
signing-who = Vem som begär det, och på vilken grund
signing-why = Varför det är tillåtet
signing-why-search = Varför det söks
signing-stays = Det här lämnas inte ut
signing-all-leaves = Alla delar av begäran omfattas av denna uttagsorder.
signing-all-leaves-together = Alla delar av begäran omfattas av de uttagsorder som undertecknas tillsammans.
signing-on-the-first = Vem som begär, vad som inte lämnas ut och tidigare begäranden om samma konton står en gång för alla { $of } uttagsorder som undertecknas tillsammans: på den förstas sida.
signing-other-mandate = Omfattas av en annan uttagsorder i ärendet.
signing-undated = Meddelanden och poster vars datum inte kan fastställas stannar hos leverantören tills juristen har granskat dem.
signing-earlier = Andra begäranden om samma konton
signing-none-earlier = Inga är kända.
signing-signers = Vem som skriver under
signing-rule = Uttagsordern skrivs under av två personer i förening, varav minst en är leverantörens jurist.
signing-signed = skrev under { $at }
signing-not-signed = har inte skrivit under
signing-mandate = Uttagsordern som du skriver under
signing-words = I ord
signing-drafted = Upprättad
signing-expires = Upphör att gälla
signing-compare = Jämför orden med dem som den andra personen ser innan du skriver under.
signing-error-text = Detta är inte texten till en uttagsorder. Det finns ingenting att skriva under.
signing-error-differs = Uttagsordern säger inte detsamma som ärendet: { $what }. Skriv inte under; låt upprätta en ny.
signing-differs-case = den har inte upprättats i detta ärende
signing-differs-demand = begäran har beskrivits på nytt eller är inte bedömd
signing-differs-reference = beteckningen eller bestämmelsen är en annan
signing-differs-facts = de omständigheter som lagen tillämpas på är andra, eller avsändaren är inte kontrollerad
signing-differs-scope = konton eller kategorier är inte de som det har beslutats om
signing-differs-period = perioden är längre än den begärda
signing-differs-recipient = den skulle förseglas för någon annan
signing-differs-others = Det som paketet skulle ange om resten av begäran stämmer inte med hur den har besvarats.
confirm-account = Skriv det konto vars uppgifter lämnas ut
confirm-number = Skriv antalet konton vars uppgifter lämnas ut

## Why something is not possible

refusal-nothing-received = Ingenting har kommit in under detta nummer.
refusal-already-received = Denna begäran har redan registrerats.
refusal-closed = Ärendet är avslutat.
refusal-not-described = Begäran är inte beskriven ännu.
refusal-description-fixed = Begäran är beslutad, så beskrivningen kan inte längre ändras.
refusal-already-decided = Begäran är redan beslutad; detta görs före beslutet. Så länge ingen uttagsorder har lämnats kan begäran beskrivas på nytt, med angivet skäl: sedan bedöms och beslutas den igen.
refusal-empty = Det här får inte lämnas tomt: { $field }.
field-how = hur avsändaren kontrollerades
field-known = hur detta är känt
field-reason = skälet
field-text = anteckningens text
refusal-no-emergency-claimed = I begäran uppges ingen fara.
refusal-no-secrecy = I begäran anges inget meddelandeförbud. Beskriv det först, om det finns ett.
refusal-only-counsel-emergency-belief = Bara leverantörens jurist kan anteckna om leverantören bedömer att faran är verklig.
refusal-only-counsel-findings = Bara leverantörens jurist kan anteckna vad leverantören har funnit om en begäran.
refusal-only-counsel-privileged-note = Bara leverantörens jurist kan skriva en anteckning som endast juristen läser.
refusal-only-officer = Detta gör bara en tjänsteman vid ingången för myndigheter.
refusal-out-of-order = Detta kan inte ha hänt i den ordningen. ”{ $later }” kommer efter ”{ $earlier }”.
refusal-in-the-future = ”{ $what }” kan inte antecknas för { $when }: det ligger i framtiden.
refusal-not-authenticated = Det är inte antecknat ännu om begäran är äkta.
refusal-nothing-pending = Alla delar är besvarade, så det finns inget kvar att bedöma: begäran är redan beslutad.
refusal-accounts-not-told = Vilka av dessa konton som finns vet bara uttagsprogrammet i { $regions }, och det har inte svarat än. Fråga det, och tillämpa rätten när svaret har kommit.
refusal-nothing-to-inquire = Det finns inget att fråga ett uttagsprogram om i ärendet: kontona står i den egna listan, har redan frågats efter, eller så är frågan äldre än tre dygn eller äldre än beskrivningen av begäran.
refusal-holdings-changed = De uppgifter som innehas om dessa konton har ändrats sedan en del av begäran besvarades. Registrera de återstående delarna som en ny begäran.
refusal-not-assessed = Begäran har inte bedömts mot lagen ännu.
refusal-answers-fixed = Två personer har skrivit under och uttagsordern är utfärdad, så beslutet kan inte längre ändras.
refusal-part-fixed = Del { $part } kan inte längre ändras: dess uttagsorder är utfärdad.
refusal-no-such-part = { $count ->
    [one] Det finns ingen del { $part }. Begäran har { $count } del.
   *[other] Det finns ingen del { $part }. Begäran har { $count } delar.
 }
refusal-one-answer-each = { $count ->
    [one] Ge den öppna delen exakt ett svar.
   *[other] Ge var och en av de { $count } öppna delarna exakt ett svar.
 }
refusal-every-part-pending = Alla delar väntar på besked, så det finns inget att besluta ännu. Anteckna det som delarna väntar på när det har hänt, rätta beskrivningen eller besvara dem strängare.
refusal-part-pending = Del { $part } väntar på besked, och det är inget svar. Anteckna det som den väntar på när det har hänt, rätta beskrivningen eller besvara den strängare.
refusal-reason-missing = Ange ett skäl för del { $part }.
refusal-laxer-than-law = Del { $part }: regelverket säger ”{ $proposed }”, svaret var ”{ $answered }”. En person kan vara strängare än regelverket men aldrig mildare. Rätta beskrivningen av begäran eller regelverket och gör om bedömningen.
refusal-not-verified = Det är inte kontrollerat att begäran kommer från myndigheten. Därför lämnas ingenting ut och ingenting bevaras.
refusal-no-such-mandate = Det finns ingen uttagsorder { $mandate } i ärendet.
refusal-other-text = Kontrollsumman hör inte till uttagsorderns text.
refusal-no-card = Alla platser i loggens kortfiler är upptagna de närmaste trettio dagarna, och utan kort utför inget uttagsprogram en uttagsorder. Låt kungöra större filer.
refusal-log-ahead = Den offentliga loggen har mer än databasen känner till: en äldre säkerhetskopia har återställts. Inget publiceras och inget ärende öppnas förrän en administratör har uppgett vad som har gått förlorat: ärendenummer kunde annars användas två gånger.
refusal-log-away = Den offentliga loggen är inte där den lämnades: den kan inte läsas, eller har mindre än databasen känner till. Inget ärende öppnas och inget mer får en plats i loggen förrän den är tillbaka: annars vet ingen om ärendenummer används två gånger. Det som är registrerat väntar, och inget av det går förlorat.
refusal-not-carried-out = En uttagsorder omfattar bara delar som enligt beslutet ska lämnas ut.
refusal-already-signed = { $signer } har redan skrivit under denna uttagsorder. Den andra underskriften ska vara en annan persons.
refusal-already-released = Denna uttagsorder har redan två underskrifter och är utfärdad.
refusal-signature-missing = { $count ->
    [0] Uttagsordern ska skrivas under av två personer. Ingen har skrivit under ännu.
    [one] Uttagsordern ska skrivas under av två personer. En har skrivit under.
   *[other] Uttagsordern ska skrivas under av två personer. { $count } har skrivit under.
 }
refusal-counsel-missing = En av de två underskrifterna ska vara leverantörens jurists.
refusal-not-released = Uttagsordern är inte utfärdad och kan därför inte ha verkställts.
refusal-other-package = Denna uttagsorder har redan verkställts. Ett andra paket tas inte emot.
refusal-carried-out = Uttaget är gjort.
refusal-mandate-expired = Uttagsordern löpte ut { $when }, innan två personer hade skrivit under den. Låt upprätta en ny.
refusal-may-be-carried-out = Uttagsordern är återkallad, men uttagsprogrammet har inte svarat ännu: uttaget kan ha gjorts dessförinnan. En ny upprättas när uttagsprogrammet har svarat, dock senast efter { $when }.
refusal-law-changed = Del { $part }: regelverket sade ”{ $was }” när beslutet fattades; i dag säger det ”{ $now }”, eller omfattar mindre. Bedöm begäran på nytt och besluta utifrån det.
refusal-decided-otherwise = Uppgifterna togs ut enligt en uttagsorder som inte längre gällde, och delarna har sedan dess beslutats på annat sätt. Inget lämnas ut.
refusal-no-such-package = Detta paket hör inte till ärendet.
refusal-no-passphrase-to-tell = I ärendet finns inget paket vars lösenfras du lämnar.
refusal-notified-authority-refused = Den underrättade myndigheten har vägrat ordern. Inga uppgifter lämnas ut (artikel 12.2 i förordning (EU) 2023/1543).
refusal-stopped = Ingenting lämnas ut längre: { $what }.
refusal-not-answered = Alla delar av begäran ska besvaras innan ärendet avslutas.
refusal-parts-pending = { $count ->
    [one] Del { $parts } väntar på besked. Besvara den innan ärendet avslutas.
   *[other] Delarna { $parts } väntar på besked. Besvara dem innan ärendet avslutas.
 }
refusal-not-delivered = Ett paket har inte överlämnats ännu.
refusal-with-agent = Ett uttag i ärendet är inte slutfört ännu.
refusal-not-signed = En uttagsorder i ärendet är inte underskriven ännu. Inhämta båda underskrifterna eller ändra beslutet.
refusal-too-large = { $file } är större än { $limit } byte, vilket är det mesta som tas emot. Skicka den i delar.
refusal-unreadable = { $file }: { $why }
refusal-no-recipient-key = Varken begäran eller förteckningen över myndigheter anger en nyckel som svaret kan förseglas för. Be myndigheten om dess nyckel och kontrollera den genom en kanal som ni känner.
refusal-recipient-key-differs = Begäran anger en annan nyckel än den som myndigheten har lämnat genom en kontrollerad kanal. Ring upp myndigheten på numret i förteckningen.
refusal-empty-period = Del { $part } gäller en period som inte innehåller någon tid. Rätta början eller slutet.
refusal-no-company = Kravet är riktat till { $company }, och directory.toml anger inget företag i det landet: { $country }. Här besvaras krav till { $companies }. Om kravet gäller något av dem rättar du mottagaren i beskrivningen. Om företaget är leverantörens eget lägger du in det och dess lagringsort i directory.toml.
refusal-no-company-nobody = Kravet är riktat till { $company }, och inget företag och ingen lagringsort är kända, så ingen vet var uppgifterna ska sökas. Lägg in företaget och dess lagringsort i directory.toml.
refusal-no-company-name = Kravet är riktat till { $company }, och här besvaras inga krav till ett företag med det namnet, bara till { $companies }. Om kravet gäller något av dem rättar du mottagaren i beskrivningen eller låter lägga till namnet i directory.toml (also). Annars meddelar du myndigheten vem den har frågat.
refusal-no-agent = Inget uttagsprogram finns för { $region }. Lägg till ett i inställningarna.
refusal-not-on-roster = Nyckeln { $key } tillhör ingen på behörighetslistan. Den läggs till där av den som sköter systemet, och av den driftansvarige vid varje uttagsprogram.
refusal-no-own-machine-signed = Ingen av uttagsorderns underskrifter skulle vara gjord på undertecknarens egen dator, och uttagsprogrammet i { $region } verkställer inte en sådan order. Ingenting har antecknats. Först undertecknar någon vars nyckel finns på den egna datorn: { $people }.
refusal-no-own-machine-signed-nobody = Ingen av uttagsorderns underskrifter skulle vara gjord på undertecknarens egen dator, och uttagsprogrammet i { $region } verkställer inte en sådan order. Ingenting har antecknats. Ingen på behörighetslistan har en sådan nyckel: den som driver systemet behöver föra in en (own_machine = true).
refusal-signature-invalid = Underskriften hör inte till uttagsorderns text eller kommer inte från någon på behörighetslistan. Ingenting har antecknats.
refusal-nothing-to-sign = Ingen uttagsorder i ärendet väntar på underskrift.
refusal-nothing-produced = Inga uppgifter har tagits ut i ärendet ännu, så det finns inget att överlämna.
refusal-other-bytes = Det som kom in är inte det paket som kvittot anger. Ingenting har överlämnats. Be den driftansvarige skicka det igen.
refusal-no-such-original = { $count ->
    [one] Det finns ingen originalhandling { $number }. Ärendet har { $count } originalhandling.
   *[other] Det finns ingen originalhandling { $number }. Ärendet har { $count } originalhandlingar.
 }
refusal-unknown-person = Ingen hos leverantören har id { $id }.
refusal-unknown-group = Ingen grupp har id { $id }.
refusal-nobody-opens = Ingen jurist i ärendet har en nyckel i en fil på behörighetslistan, och till en lösennyckel kan ingenting förseglas. Ingenting har antecknats. Den driftansvarige vid ett uttagsprogram behöver föra in en sådan nyckel, och den som sköter systemet i listan här.
refusal-authority-of-another-group = En annan grupp svarar { $authority } och lägger till dess befattningshavare.
refusal-of-another-group = { $id } arbetar inte i den grupp som har ärendet. Lämna först ärendet till en grupp där personen arbetar.
refusal-only-counsel-emergency-review = Bara leverantörens jurist kan anteckna att ett utlämnande i en nödsituation har granskats.
refusal-only-counsel-danger-over = Bara leverantörens jurist kan anteckna att faran är över.
refusal-only-counsel-choice-to-tell = Här får leverantören underrätta kontoinnehavaren, men måste inte: det avgör juristen. Bara juristen kan skicka underrättelsen.
refusal-only-counsel-laxer-answer = Juristen har bestämt att inget lämnas ut i den här delen. Bara juristen kan ändra det.
refusal-call-back-missing = Ingen hos myndigheten har bekräftat begäran på numret i myndighetslistan. Därför lämnas inget ut, och inget säkras eller bevaras.
refusal-second-person-missing = I en nödsituation ringer en person upp myndigheten och en annan bekräftar att begäran är äkta.
refusal-sender-warnings = Avsändaren stämmer inte med myndighetslistan: { $warnings } Ange varför begäran ändå är äkta, eller att den inte kunde kontrolleras.
refusal-no-number = Myndighetslistan saknar telefonnummer till myndigheten. Sök upp numret i en egen källa, aldrig i begäran, och för in det i listan.
refusal-not-from-the-door = Begäran kom inte genom ingången för myndigheter: där läser ingen en fråga. Skriv till myndigheten.
refusal-not-of-authority = { $address } hör inte till någon av de domäner som listan har för myndigheten.
refusal-called-in-the-future = Samtalet kan inte ha ägt rum { $when }: det ligger i framtiden.
refusal-duties-run = Något löper fortfarande: { $duties }
refusal-linked-to-itself = Ett ärende kan inte kopplas till sig självt.
refusal-came-through-door = Denna begäran kom in genom myndighetsingången, där tjänstemannen hämtar svaret. Slå ihop det andra ärendet med detta.
field-number = numret som ringdes upp
field-answered-by = vem som svarade
duty-clock = Fristen { $id } löper.
duty-review = Juristen ska besluta om det som hölls inne vid sökningen enligt uttagsorder { $mandate }.
duty-notice = Om underrättelse eller tystnad i detta ärende: se { $id } i promemorian.
duty-notice-secrecy-until = Meddelandeförbudet från { $authority } gäller till { $until }. ({ $id })
duty-notice-secrecy = Meddelandeförbudet från { $authority } anger inget slut: fråga efter ett. ({ $id })
duty-notice-danger = Underrättelsen till { $whom } väntar tills faran är över. ({ $id })
duty-notice-tell-until = Underrättelsen till { $whom } ska sändas senast { $until }. ({ $id })
duty-notice-tell = Underrättelsen till { $whom } återstår att sända. ({ $id })
duty-emergency-review = Juristen ska granska utlämnandet i nödsituationen i efterhand.
duty-emergency-confirmation = Myndigheten ska bekräfta den brådskande begäran skriftligen eller få den godkänd i efterhand.
duty-challenge = Prövningen är inte avslutad: begäran om prövning återstår att lämna in, eller så är den inte avgjord än.
duties = Kvarstående bevakning
case-links = Andra ärenden
warning-unknown-authority = Ingen myndighet med det namnet och landet finns i myndighetslistan.
warning-other-domain = { $address } hör inte till någon av de domäner som listan har för myndigheten.
warning-other-authority = Tjänstemannen som lämnade in begäran hör till { $name }; begäran anger en annan myndighet.
warning-other-number = Den kom från { $number }, som inte är det nummer som listan har för myndigheten.
warning-other-kind = Listan har myndigheten som en myndighet av annat slag.
checked-call-back = Motringning
checked-no-call-back = Ingen har ringt upp myndigheten ännu.
checked-confirmed = { $name } bekräftade den på { $number }, { $at }. Uppringd av { $by }.
checked-denied = { $name } kände inte till den på { $number }, { $at }. Uppringd av { $by }.
checked-despite = Bedöms ändå som äkta: { $despite }
field-why = varför faran bedöms vara verklig eller inte
demand-error-pdf = Detta är ett PDF-dokument, inte en beskrivning av en begäran.
demand-error-image = Detta är en bild, inte en beskrivning av en begäran.
demand-error-mail = Detta är ett e-postmeddelande, inte en beskrivning av en begäran.
demand-error-zip = Detta är en ZIP-fil eller ett kontorsdokument, inte en beskrivning av en begäran.
demand-error-compound = Detta är ett Outlook-meddelande eller ett äldre kontorsdokument, inte en beskrivning av en begäran.
demand-error-markup = Detta är XML eller HTML, som inte läses.
demand-error-text = Detta är text, men ingen beskrivning av en begäran.
demand-error-other = Detta är ingen text.
demand-error-not-text = Detta är inte en beskrivning av en begäran: { $why }
demand-error-field = Fältet { $field }: { $why }

## The summary in a package

summary-title = Översikt över det utlämnade materialet
summary-reference = Er beteckning
summary-case = Vårt ärende
summary-basis = Rättslig grund
summary-sealed = Förseglat för
summary-period = Period
summary-searched-in = Genomsökt
summary-searched = { $region }, från { $began } till { $ended }
summary-nothing = Inga uppgifter att lämna ut. Sökningarna nedan gav inget.
summary-nothing-yet = Paketet innehåller inget meddelande och ingen post. Det betyder inte att det inte finns några: se nedan vad som hålls inne och vad som inte kunde läsas.
summary-items = { $count ->
    [one] Paketet innehåller { $count } meddelande eller post.
   *[other] Paketet innehåller { $count } meddelanden och poster.
 }
summary-withheld = { $count ->
    [one] { $count } post hålls inne, eftersom bara en människa kan avgöra om den hör till er begäran. Leverantörens jurist granskar den.
   *[other] { $count } poster hålls inne, eftersom bara en människa kan avgöra om de hör till er begäran. Leverantörens jurist granskar dem.
 }
summary-made = Datum
summary-signed-by = Tillåtet av
summary-whole-demand = Er begäran omfattar inget utöver det som har sökts här.
summary-not-whole = Paketet besvarar en del av er begäran. Det som inte besvaras anges nedan.
summary-others = Övrigt som ni har begärt
summary-others-as-of = Läget { $at }:
summary-other = { $category } för { $identifier }
summary-other-here = lämnas ut i detta paket, men inte i sin helhet:
summary-other-produce = lämnas ut i ett eget paket.
summary-other-narrow = lämnas ut delvis, i ett eget paket.
summary-other-preserve = bevaras men lämnas inte ut.
summary-other-reject = efterkoms inte.
summary-other-redirect-to-customer = lämnas inte ut; vänd er till kunden.
summary-other-redirect-to-treaty-channel = lämnas inte ut; begär uppgifterna genom internationell rättslig hjälp.
summary-other-challenge = lämnas inte ut; leverantören begär rättens prövning.
summary-other-wait = ännu inte besvarat.
summary-other-wait-until = ännu inte besvarat; väntar på besked, senast till { $until }.
summary-other-no-data = ännu inte sökt; besvaras särskilt.
summary-other-ask = ännu inte besvarat; leverantören frågar om det som saknas.
summary-other-by-hand = ännu inte besvarat; besvaras av jurist.
summary-other-not-looked-up = kan inte slås upp här.
summary-searches = Genomsökta datakällor
summary-search = { $category }: { $identifier }, i { $source }
summary-unknown = Denna datakälla har inget konto med det namnet.
summary-alias = Detta är ett annat namn på ett konto och har inte följts. En begäran måste ange själva kontot.
summary-not-searched = Källan innehåller inget som är känt för att vara av det slag som begärts. Den har inte genomsökts.
summary-unsaid = Leverantören har inte angett av vilket slag dessa fält är. De lämnas inte ut, och kan innehålla det som begärts: { $fields }.
summary-found = { $count ->
    [0] Fullständigt genomsökt; inget hittat.
    [one] Fullständigt genomsökt; { $count } post hittad.
   *[other] Fullständigt genomsökt; { $count } poster hittade.
 }
summary-unreadable = { $count ->
    [one] { $count } rad, fil eller mapp i datakällan kunde inte läsas och har inte genomsökts.
   *[other] { $count } rader, filer eller mappar i datakällan kunde inte läsas och har inte genomsökts.
 }
summary-removed = { $count ->
    [one] { $count } borttagning av ett objekt finns antecknad i datakällan.
   *[other] { $count } borttagningar av objekt finns antecknade i datakällan.
 }
summary-found-none-certain = Genomsökt; inget hittades som säkert hör till er begäran.
summary-found-as-far = { $count ->
    [one] Genomsökt så långt den kan läsas; { $count } post hittad.
   *[other] Genomsökt så långt den kan läsas; { $count } poster hittade.
 }
summary-covers = Uppgifterna i datakällan sträcker sig från { $first } till { $last }.
summary-begins-late = Perioden i er begäran börjar före den första av dem.
summary-ends-early = Perioden i er begäran slutar efter den sista av dem.
summary-gap = Mellan { $from } och { $until } finns i datakällan ingen uppgift om någon med en tid som kan läsas; uppgifter kan saknas där.
summary-gaps-more = Det kan finnas fler luckor.
summary-repeated = { $count ->
    [one] Minst en av dessa poster står likadan i två av datakällans filer och kan finnas här två gånger.
   *[other] Minst { $count } av dessa poster står likadana i två av datakällans filer och kan finnas här två gånger.
 }
summary-absent = Ingen av de utlämnade posterna har dessa fält: { $fields }.
summary-date-rule = Avgörande datum: { $rule }
date-rule-message = datumfältet (Date) i meddelandets huvud (RFC 5322, avsnitt 3.6.1), som tidpunkt i UTC. Om det saknas, motsäger sig självt, är ofullständigt eller har gått förlorat avgör en person.
date-rule-received = datumet i det översta Received-fältet i meddelandets huvud (RFC 5321, avsnitt 4.4), som den sista e-postservern skrev när den tog emot meddelandet, som tidpunkt i UTC. Om det saknas, är ofullständigt eller har gått förlorat avgör en person.
date-rule-delivered = tiden då meddelandet lades i brevlådan, enligt namnet på dess fil (Maildir), som tidpunkt i UTC. Om namnet inte anger den avgör en person.
date-rule-internal = det datum som e-postservern för vid sidan av meddelandet (internal date, RFC 3501, avsnitt 2.3.3), som tidpunkt i UTC. Om det har gått förlorat avgör en person.
date-rule-line = tidsfältet på raden, som tidpunkt i UTC. Om det saknas eller inte kan läsas avgör en person.
date-rule-modified = tiden då objektet, eller den här versionen av det, lagrades (senaste ändring), som tidpunkt i UTC. Om den saknas eller inte kan läsas avgör en person.
date-rule-metadata = ett fält i objektets metadata, skrivet av den som lagrade det, som tidpunkt i UTC. Om det saknas eller inte kan läsas avgör en person.
date-rule-record = inget. Abonnentuppgifter lämnas ut som de var när sökningen gjordes.
summary-review-items = { $count ->
    [0] Leverantörens jurist har granskat det som hölls inne i ett tidigare paket i ärendet. Inget av det lämnas ut.
    [one] Leverantörens jurist har granskat det som hölls inne i ett tidigare paket i ärendet. Detta paket innehåller { $count } post av det.
   *[other] Leverantörens jurist har granskat det som hölls inne i ett tidigare paket i ärendet. Detta paket innehåller { $count } poster av det.
 }
summary-review-only = Paketet innehåller bara det som godkändes för utlämnande vid granskningen. Ingen ny sökning har gjorts; sökningarna beskrivs i det tidigare paketet.
summary-review = Juristens beslut
review-released = Nr { $numbers }: lämnas ut. { $reason }
review-refused = Nr { $numbers }: lämnas inte ut. { $reason }
summary-inside = Paketets innehåll
summary-file-items = meddelanden så som de var lagrade, byte för byte, om det finns några
summary-file-records = rader ur loggar och abonnentregister, om det finns några: som JSON Lines, varje värde som det är lagrat, och som tabell (CSV), där en apostrof står före det som ett kalkylprogram kunde ta för en formel
summary-file-statement = vad som har genomsökts, för maskiner
summary-file-manifest = varje fil med SHA-256, längd, datakälla och datum
summary-file-mandate = leverantörens uttagsorder, signerad av två personer
summary-file-proof = bevis på att uttagsordern finns i leverantörens offentliga logg
summary-file-seal = uttagsprogrammets signatur över filerna ovan
summary-check = Så kontrolleras paketet
summary-check-how = Varje fils SHA-256 finns i manifest.jsonl. Signaturerna är Ed25519 på signerade noter (c2sp.org/signed-note) och beviset är ett tlog-proof (c2sp.org/tlog-proof). Det öppna programmet Lagrum kontrollerar allt utan nätverk mot leverantörens publicerade nycklar.

## What was decided and done

memo-decision = Beslut och åtgärder
memo-nothing-decided = Inget är beslutat.
memo-decided = Beslutat av
memo-actions = Åtgärder i tidsordning
memo-found-anew = Här har reglerna tillämpats på nytt, på det som är känt nu. Beslutet ovan bygger på en tidigare bedömning och ändras inte av detta.
counsel-found = Juristens bedömning
event-accounts-asked-about = frågade uttagsprogrammet vilka konton som finns
event-accounts-told = svarade vilka konton som finns
event-accounts-not-told = svarade inte vilka konton som finns
event-accounts-not-told-why = svarade inte vilka konton som finns: { $why }
told-account = { $address } är ett konto ({ $data })
told-alias = { $address } är ett annat namn på { $of } ({ $data })
told-nobody = { $address } är ingens adress
told-unknown = { $address } är inget känt konto där
told-no-data = inga uppgifter där
event-looked-up = utrett vems konto det är
event-preserved = bevarat
event-preservation-ended = bevarandet upphört
mandate-items-review-none = inget lämnas ut efter granskningen
mandate-withheld-decided = { $count ->
    [one] Juristen har beslutat om den post som hölls inne.
   *[other] Juristen har beslutat om de { $count } poster som hölls inne.
 }
signing-intro-review-none = Med din underskrift bekräftar { $provider } juristens beslut att inget av det som hölls inne vid en tidigare sökning i ärendet lämnas ut. Uttagsprogrammet i { $region } förseglar en enda gång ett paket för { $recipient } som säger det och som inte innehåller några uppgifter. Du skriver under nummer och skäl; själva uppgifterna granskas bara i { $region }.
signing-nothing-leaves = Inget lämnas ut
signing-review-accounts = Hölls inne vid sökning i
signing-review-search = Sökningen som granskningen gäller
confirm-account-of-mandate = Skriv det konto som uttagsordern gäller
confirm-number-of-mandate = Skriv antalet konton som uttagsordern gäller
