# Siderne i sagen og i en pakke, på dansk.

## Days, times, lists

month-1 = januar
month-2 = februar
month-3 = marts
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
date-day = den { $day }. { $month } { $year }
date-as-of = { $day }. { $month } { $year }
date-time = { $day } kl. { $time }
date-in-zone = { $at } ({ $zone })
date-both = { $at } ({ $zone }; { $utc } UTC)
zone-UTC = UTC
zone-Europe-Stockholm = svensk tid
zone-Europe-Copenhagen = dansk tid
zone-Europe-Dublin = irsk tid
zone-Europe-London = britisk tid
zone-Europe-Berlin = tysk tid
zone-Europe-Helsinki = finsk tid
zone-Europe-Paris = fransk tid
zone-Europe-Amsterdam = nederlandsk tid
zone-Europe-Warsaw = polsk tid
span-days = fra og med { $from } til og med { $last }
span-instants = fra { $from } indtil { $until }
span-from = fra og med { $from }
span-until = indtil { $until }
span-open = uden begyndelse, indtil { $until }
span-none = ingen periode angivet
list-and = { $first } og { $last }

## Countries

country-AT = Østrig
country-BE = Belgien
country-BG = Bulgarien
country-CH = Schweiz
country-CY = Cypern
country-CZ = Tjekkiet
country-DE = Tyskland
country-DK = Danmark
country-EE = Estland
country-ES = Spanien
country-FI = Finland
country-FR = Frankrig
country-GB = Storbritannien
country-GR = Grækenland
country-HR = Kroatien
country-HU = Ungarn
country-IE = Irland
country-IS = Island
country-IT = Italien
country-LI = Liechtenstein
country-LT = Litauen
country-LU = Luxembourg
country-LV = Letland
country-MT = Malta
country-NL = Nederlandene
country-NO = Norge
country-PL = Polen
country-PT = Portugal
country-RO = Rumænien
country-SE = Sverige
country-SI = Slovenien
country-SK = Slovakiet
country-UA = Ukraine
country-US = USA
country-AD = Andorra
country-AE = De Forenede Arabiske Emirater
country-AF = Afghanistan
country-AG = Antigua og Barbuda
country-AI = Anguilla
country-AL = Albanien
country-AM = Armenien
country-AO = Angola
country-AQ = Antarktis
country-AR = Argentina
country-AS = Amerikansk Samoa
country-AU = Australien
country-AW = Aruba
country-AX = Åland
country-AZ = Aserbajdsjan
country-BA = Bosnien-Hercegovina
country-BB = Barbados
country-BD = Bangladesh
country-BF = Burkina Faso
country-BH = Bahrain
country-BI = Burundi
country-BJ = Benin
country-BL = Saint Barthélemy
country-BM = Bermuda
country-BN = Brunei
country-BO = Bolivia
country-BQ = De tidligere Nederlandske Antiller
country-BR = Brasilien
country-BS = Bahamas
country-BT = Bhutan
country-BV = Bouvetøen
country-BW = Botswana
country-BY = Belarus
country-BZ = Belize
country-CA = Canada
country-CC = Cocosøerne
country-CD = Congo-Kinshasa
country-CF = Den Centralafrikanske Republik
country-CG = Congo-Brazzaville
country-CI = Elfenbenskysten
country-CK = Cookøerne
country-CL = Chile
country-CM = Cameroun
country-CN = Kina
country-CO = Colombia
country-CR = Costa Rica
country-CU = Cuba
country-CV = Kap Verde
country-CW = Curaçao
country-CX = Juleøen
country-DJ = Djibouti
country-DM = Dominica
country-DO = Den Dominikanske Republik
country-DZ = Algeriet
country-EC = Ecuador
country-EG = Egypten
country-EH = Vestsahara
country-ER = Eritrea
country-ET = Etiopien
country-FJ = Fiji
country-FK = Falklandsøerne
country-FM = Mikronesien
country-FO = Færøerne
country-GA = Gabon
country-GD = Grenada
country-GE = Georgien
country-GF = Fransk Guyana
country-GG = Guernsey
country-GH = Ghana
country-GI = Gibraltar
country-GL = Grønland
country-GM = Gambia
country-GN = Guinea
country-GP = Guadeloupe
country-GQ = Ækvatorialguinea
country-GS = South Georgia og De Sydlige Sandwichøer
country-GT = Guatemala
country-GU = Guam
country-GW = Guinea-Bissau
country-GY = Guyana
country-HK = SAR Hongkong
country-HM = Heard Island og McDonald Islands
country-HN = Honduras
country-HT = Haiti
country-ID = Indonesien
country-IL = Israel
country-IM = Isle of Man
country-IN = Indien
country-IO = Det Britiske Territorium i Det Indiske Ocean
country-IQ = Irak
country-IR = Iran
country-JE = Jersey
country-JM = Jamaica
country-JO = Jordan
country-JP = Japan
country-KE = Kenya
country-KG = Kirgisistan
country-KH = Cambodja
country-KI = Kiribati
country-KM = Comorerne
country-KN = Saint Kitts og Nevis
country-KP = Nordkorea
country-KR = Sydkorea
country-KW = Kuwait
country-KY = Caymanøerne
country-KZ = Kasakhstan
country-LA = Laos
country-LB = Libanon
country-LC = Saint Lucia
country-LK = Sri Lanka
country-LR = Liberia
country-LS = Lesotho
country-LY = Libyen
country-MA = Marokko
country-MC = Monaco
country-MD = Moldova
country-ME = Montenegro
country-MF = Saint Martin
country-MG = Madagaskar
country-MH = Marshalløerne
country-MK = Nordmakedonien
country-ML = Mali
country-MM = Myanmar (Burma)
country-MN = Mongoliet
country-MO = SAR Macao
country-MP = Nordmarianerne
country-MQ = Martinique
country-MR = Mauretanien
country-MS = Montserrat
country-MU = Mauritius
country-MV = Maldiverne
country-MW = Malawi
country-MX = Mexico
country-MY = Malaysia
country-MZ = Mozambique
country-NA = Namibia
country-NC = Ny Kaledonien
country-NE = Niger
country-NF = Norfolk Island
country-NG = Nigeria
country-NI = Nicaragua
country-NP = Nepal
country-NR = Nauru
country-NU = Niue
country-NZ = New Zealand
country-OM = Oman
country-PA = Panama
country-PE = Peru
country-PF = Fransk Polynesien
country-PG = Papua Ny Guinea
country-PH = Filippinerne
country-PK = Pakistan
country-PM = Saint Pierre og Miquelon
country-PN = Pitcairn
country-PR = Puerto Rico
country-PS = De palæstinensiske områder
country-PW = Palau
country-PY = Paraguay
country-QA = Qatar
country-RE = Réunion
country-RS = Serbien
country-RU = Rusland
country-RW = Rwanda
country-SA = Saudi-Arabien
country-SB = Salomonøerne
country-SC = Seychellerne
country-SD = Sudan
country-SG = Singapore
country-SH = St. Helena
country-SJ = Svalbard og Jan Mayen
country-SL = Sierra Leone
country-SM = San Marino
country-SN = Senegal
country-SO = Somalia
country-SR = Surinam
country-SS = Sydsudan
country-ST = São Tomé og Príncipe
country-SV = El Salvador
country-SX = Sint Maarten
country-SY = Syrien
country-SZ = Eswatini
country-TC = Turks- og Caicosøerne
country-TD = Tchad
country-TF = De Franske Besiddelser i Det Sydlige Indiske Ocean og Antarktis
country-TG = Togo
country-TH = Thailand
country-TJ = Tadsjikistan
country-TK = Tokelau
country-TL = Timor-Leste
country-TM = Turkmenistan
country-TN = Tunesien
country-TO = Tonga
country-TR = Tyrkiet
country-TT = Trinidad og Tobago
country-TV = Tuvalu
country-TW = Taiwan
country-TZ = Tanzania
country-UG = Uganda
country-UM = Amerikanske oversøiske øer
country-UY = Uruguay
country-UZ = Usbekistan
country-VA = Vatikanstaten
country-VC = Saint Vincent og Grenadinerne
country-VE = Venezuela
country-VG = De Britiske Jomfruøer
country-VI = De Amerikanske Jomfruøer
country-VN = Vietnam
country-VU = Vanuatu
country-WF = Wallis og Futuna
country-WS = Samoa
country-XK = Kosovo
country-YE = Yemen
country-YT = Mayotte
country-ZA = Sydafrika
country-ZM = Zambia
country-ZW = Zimbabwe

## People

provider = Udbyder
case = Sagsnr.
role-analyst = sagsbehandler
role-counsel = udbyderens jurist
role-data-operator = driftsansvarlig
role-administrator = administrator
role-auditor = kontrollant
actor-agent = udtræksprogrammet i { $region }
actor-mailbox = postkassen { $address }
actor-outgoing = sagsbehandlingens udgående post

## The demand

demand-authority = Myndighed
demand-officer = Kontaktperson
demand-reference = Myndighedens ref.
demand-instrument = Afgørelse, som anmodningen støttes på
demand-issued = udstedt { $day } af { $by }
demand-validated = godkendt af { $by }
demand-valid-until = gælder til og med { $day }
demand-addressee = Rettet til
demand-offence = Lovovertrædelse
demand-penalty = { $count ->
    [one] strafmaksimum { $count } måned
   *[other] strafmaksimum { $count } måneder
 }
demand-emergency = Oplyst fare
demand-secrecy = Begæret tavshedspligt
demand-secrecy-until = gælder indtil { $until }
demand-secrecy-no-end = Der er ikke angivet nogen slutdato.
demand-asked = Oplysninger, der anmodes om
checked-sender = Afsender
checked-verified = Kontrolleret: anmodningen kommer fra denne myndighed.
checked-not-verified = IKKE kontrolleret: intet må udleveres.
checked-not-yet = Endnu ikke kontrolleret.
checked-by = { $by }, { $at }: { $how }
emergency-belief = Vurdering af faren
emergency-not-judged = Endnu ikke vurderet.
emergency-believed = { $by } har noteret, at udbyderen i god tro vurderer, at faren er reel.
emergency-not-believed = { $by } har noteret, at udbyderen ikke vurderer, at faren er reel.
originals = Originaldokumenter
original-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } byte
 }
original-from = fra { $from }
original-reference = deres sagsnummer: { $reference }
original-describes = beskriver anmodningen, tilføjet af en sagsbehandler
channel-post = pr. post
channel-fax = pr. fax
channel-email = pr. e-mail
channel-portal = gennem en portal
channel-door = gennem indgangen for myndigheder
channel-telephone = pr. telefon
channel-in-person = personligt
channel-other = på anden måde

## The memo

memo-title = Notat til sagen
memo-date = Dato
memo-author = Sagsbehandler
memo-law-as-of = Retstilstanden pr.
memo-law-digest = Regelsættets kontrolsum
memo-demand = Anmodning
memo-not-verified = Det er ikke kontrolleret, at anmodningen kommer fra denne myndighed. Intet udleveres.
memo-summary = Hvad reglerne fører til
memo-next-due = Næste frist
memo-findings = Vurdering
memo-clocks = Frister
memo-no-clocks = Ingen frist i regelsættet finder anvendelse.
memo-no-receipt = Det er ikke noteret, hvornår anmodningen blev modtaget. Frister, der regnes fra den dag, kan derfor ikke angives.
memo-notice = Underretning af kontoindehaveren
notice-who = Hvem underretter
notice-next = Næste skridt
memo-signature = Underskrift
memo-signature-line = Dato: ____________________   Jurist: ______________________________
memo-untranslated = Sætninger, der er mærket som ikke oversat, er gengivet på engelsk som i regelsættet.

## A case

case-title = Sag { $case }
case-state = Status
case-owner = Sagsbehandler
case-unreadable = Originalen kan ikke læses som en beskrivelse af en anmodning: { $why }
answers = Svar
answer-pending = endnu intet svar
answer-found-after-all = intet var kendt her; søgningen gav resultat
answer-reason = Anført begrundelse
mandates = Udtræksordrer
mandate-name = Udtræksordre { $digest }…
mandate-parts = Dele
mandate-signed-by = Underskrevet af
mandate-nobody = endnu ingen
mandate-barred = Standset
mandate-barred-delivered = Det, der allerede er udleveret, skal slettes dér: bed myndigheden bekræfte det.
mandate-produced = Udtræk
mandate-large-for-smime = Større end 1,5 GB og forseglet til et S/MIME-certifikat: mange programmer, blandt dem OpenSSL, kan ikke åbne en så stor besked. Spørg myndigheden, om den kan åbne den, eller bed om en nøgle til age eller OpenPGP.
mandate-preserved = Sikret
mandate-preserved-until = En forseglet kopi ligger på lagringsstedet til og med den { $until }.
mandate-preserved-undated = { $count ->
    [one] Dér ligger også ét element, hvis dato ikke kan fastslås.
   *[other] Dér ligger også { $count } elementer, hvis dato ikke kan fastslås.
 }
mandate-preserved-sources = Gennemsøgt: { $sources }
mandate-preserved-expired = Slettet { $at }: sikringsperioden var udløbet.
mandate-preserved-recalled = Slettet { $at }: udtræksordren blev tilbagekaldt.
mandate-items = { $count ->
    [0] intet fundet
    [one] { $count } post
   *[other] { $count } poster
 }
mandate-withheld = { $count ->
    [one] { $count } post tilbageholdes til juristens gennemgang: kun et menneske kan afgøre, om den hører til anmodningen
   *[other] { $count } poster tilbageholdes til juristens gennemgang: kun et menneske kan afgøre, om de hører til anmodningen
 }
mandate-not-produced = Intet udtræk
agent-refused = { $kind } Programmets egne ord (på engelsk): { $why }
agent-refused-signatures = De to underskrifter, som det kræver, mangler.
agent-refused-log = Det finder ikke udtræksordren i den offentlige log eller stoler ikke på loggen.
agent-refused-law = Dets regelsæt tillader det ikke eller kan ikke anvendes.
agent-refused-mandate = Selve udtræksordren er forkert: omfang, gyldighedstid eller modtager passer ikke, eller udtrækket er allerede foretaget.
agent-refused-recalled = Udtræksordren var tilbagekaldt.
agent-refused-unreadable = Det, der kom frem, kan ikke læses.
agent-refused-unknown-account = På dets lagringssted kendes ingen konto med det navn.
agent-refused-inquiry = Spørgsmålet om konti duer ikke: det er til et andet lagringssted, er udløbet eller er allerede besvaret.
agent-refused-limit = Det har svaret om så mange konti, som det gør på et døgn.
agent-refused-act = Det kan ikke gøre det, som udtræksordren tillader.
agent-refused-source = Et lager svarede ikke, som det skal.
agent-refused-card = Sagen har intet eget kort i den offentlige log.
agent-refused-configuration = Det er ikke indstillet til dette.
agent-refused-package = Pakken bestod ikke sin egen kontrol eller kunne ikke forsegles.
agent-refused-key = Dets nøgle kan ikke underskrive.
agent-refused-ledger = Dets fortegnelse over foretagne udtræk kan ikke bruges.
agent-refused-io = En fil kunne ikke læses eller skrives.
agent-refused-fault = Programmet fejlede.
agent-refused-other = En slags grund, som denne version af programmet ikke kender: et nyere udtræksprogram angav den.
mandate-recalled = Tilbagekaldt
mandate-recalled-waits = Indtil udtræksprogrammet har svaret på det, kan udtrækket stadig foretages.
mandate-lapsed = Gælder ikke længere
mandate-lapsed-expired = Den udløb { $at }, og ingen har svaret, at udtrækket blev foretaget.
mandate-lapsed-recalled = Den blev tilbagekaldt, og udtræksprogrammet har svaret, at udtrækket aldrig foretages.
mandate-lapsed-needless = Oplysningerne blev alligevel udtrukket efter en ældre udtræksordre.
mandate-delivered = Overgivet til
mandate-removed = Pakken slettet
mandate-removed-by = { $at }, af { $by }; kvitteringen bevares
mandate-removed-not-certain = det vides ikke, om lageret har noget tilbage af den
mandate-passphrase = Adgangsfrase
mandate-passphrase-how = { $by } oplyser den pr. telefon på { $number } og på intet andet nummer
mandate-passphrase-told = oplyst; noteret { $at }
mandate-passphrase-not-told = endnu ikke oplyst
events = Sagens forløb
event-number = nr.
event-at = hvornår
event-what = hvad
event-who = hvem
event-why = hvorfor
event-received = modtaget
event-file-attached = fil tilføjet
event-not-readable = skal beskrives af en person
event-described = beskrevet
event-authenticated = afsenderen kontrolleret
event-not-authenticated = afsenderen ikke bekræftet
event-emergency-judged = faren vurderet
event-assessed = vurderet
event-decided = besluttet
event-mandate-drafted = udtræksordre udarbejdet
event-approved = udtræksordre underskrevet
event-approved-by = udtræksordre underskrevet af { $by }
event-mandated = udtræksordre udstedt
event-produced = oplysninger udtrukket
event-not-produced = intet udtræk
event-mandate-recalled = udtræksordre tilbagekaldt
event-mandate-lapsed = udtræksordre gælder ikke længere
event-delivered = overgivet
event-assigned = ikke længere fordelt
event-assigned-to = fordelt til { $to }
event-handed-to-group = overdraget til en gruppe
event-handed-to-group-that = overdraget til gruppen { $group }
event-note = notits
event-note-privileged = notits kun for juristen
event-note-sealed = notits kun for juristen, nummer { $number }, forseglet til { $people }
event-card-given = tælles med i den offentlige statistik
event-card-given-at = tælles med i den offentlige statistik: kort { $place } i fil { $slot }
event-closed = afsluttet
event-called-back = myndigheden ringet op
event-linked = knyttet til en anden sag
event-linked-answered-there = sendt igen; besvares i sag { $to }
event-linked-sent-again = sendt igen; modtaget som sag { $to }
event-linked-related = hører sammen med sag { $to }
event-closed-while-duties-run = afsluttet; forpligtelser løber videre
event-reopened = genoptaget
event-asked = spørgsmål stillet ved indgangen
event-asked-that = spørgsmål stillet ved indgangen: { $text }
event-fetched = hentet af en medarbejder hos myndigheden
event-viewed = set af en medarbejder hos myndigheden
event-receipt-confirmed = en medarbejder hos myndigheden har det og kunne åbne det
event-passphrase-told = adgangsfrase oplyst pr. telefon
event-package-removed = forseglet pakke slettet
event-something-missing = en medarbejder hos myndigheden oplyser, hvad der mangler
event-missed-that = en medarbejder hos myndigheden oplyser, hvad der mangler: { $text }

## Why, where the desk itself says it of an event

event-why-received = modtaget
event-why-as-received = som den blev modtaget
event-why-kept-as-received = gemt, som den blev modtaget
event-why-described-by-a-person = beskrevet af en person
event-why-belongs-to-the-demand = hører til anmodningen
event-why-number-of-the-list = nummeret på myndighedslisten
event-why-for-two-signatures = til to underskrifter
event-why-two-people-signed = to personer har skrevet under, den ene er udbyderens jurist
event-why-as-proposed = som regelsættet foreslår
event-why-agents-answer = udtræksprogrammets svar
event-why-agents-receipt = udtræksprogrammets kvittering
event-why-handed-over = forseglet pakke overgivet
event-why-removed = forseglet pakke slettet
event-why-answered = besvaret
event-why-signed = underskrevet
event-why-sent = sendt
event-why-law-as-of = retstilstanden pr. { $day }

## The list of cases

list-title = { $count ->
    [0] Ingen sager
    [one] { $count } sag
   *[other] { $count } sager
 }
list-case = sag
list-received = modtaget
list-due = frist ({ $zone })
list-authority = myndighed
list-reference = reference
list-instrument = afgørelse
list-state = status
list-answer = svar
list-file = ikke beskrevet: { $file }
state-of-received = modtaget, ikke beskrevet
state-of-described = beskrevet
state-of-authenticated = afsenderen kontrolleret
state-of-not-authenticated = afsenderen ikke bekræftet
state-of-assessed = vurderet
state-of-decided = besluttet
state-of-partly-approved = delvist underskrevet
state-of-mandated = udtræk i gang
state-of-not-produced = intet udtræk
state-of-produced = oplysninger udtrukket
state-of-delivered = overgivet
state-of-waiting = delvist besvaret, resten afventer
state-of-duties-run = afsluttet, forpligtelser løber
state-of-closed = afsluttet

## The page to sign

signing-title = Til underskrift i sag { $case }
signing-title-of-several = Til underskrift i sag { $case }: udtræksordre { $place } af { $of }
signing-intro = Med din underskrift tillader { $provider }, at udtræksprogrammet i { $region } én gang trækker netop de oplysninger ud, der er angivet nedenfor, og forsegler dem til { $recipient }. Intet andet udleveres med denne udtræksordre. Læs originaldokumentet, før du skriver under.
signing-intro-preserve = Med din underskrift tillader { $provider }, at udtræksprogrammet i { $region } sikrer netop de oplysninger, der er angivet nedenfor. Intet udleveres med denne udtræksordre. Læs originaldokumentet, før du skriver under.
signing-intro-review = Med din underskrift tillader { $provider }, at udtræksprogrammet i { $region } én gang forsegler det, som juristen har frigivet af det, der blev tilbageholdt ved en tidligere søgning i sagen, til { $recipient }. Intet andet udleveres med denne udtræksordre. Du skriver under på numre og begrundelser; selve oplysningerne gennemgås kun i { $region }.
signing-intro-look-up = Med din underskrift tillader { $provider }, at udtræksprogrammet i { $region } én gang finder ud af, hvis konto hver af disse oplysninger vedrører. Svaret går til udbyderens sagsbehandlere og til ingen anden; intet udleveres med denne udtræksordre. Det, der ellers anmodes om, kræver sin egen udtræksordre. Læs originalen, før du skriver under.
signing-looks-up = Det, der søges frem
signing-searches = Der søges efter følgende
signing-told-to = Meddeles til
signing-desk-alone = sagsbehandlerne hos { $provider } og ingen anden
signing-around = { $count ->
    [one] Højst { $count } sekund før og efter tidspunktet
   *[other] Højst { $count } sekunder før og efter tidspunktet
 }
signing-as-it-stands = Som det står nu
looked-up = Hvis konto det viste sig at være
looked-in = i { $source } passer { $matched } af { $examined } poster
looked-in-unreadable = { $count ->
    [one] , { $count } kan ikke læses
   *[other] , { $count } kan ikke læses
 }
looked-in-no-port = , uden hensyn til porten, som ikke gemmes der
signing-review-by = Afgjort af { $by }. Udtræksprogrammet godtager kun udtræksordren med denne persons underskrift.
signing-preserves = Det sikres
signing-stays-preserve = Det sikres ikke
signing-kept = til ingen: en forseglet kopi bliver på lagringsstedet til og med den { $until } og slettes derefter. Ingen læser den, før to personer har underskrevet en udtræksordre om udlevering.
signing-kept-longer = til ingen: den forseglede kopi på lagringsstedet bliver der til og med den { $until } og slettes derefter. Der søges ikke igen.
signing-leaves = Følgende udleveres
signing-accounts = { $count ->
    [one] Konto
   *[other] { $count } konti
 }
signing-account = konto
signing-kinds = Oplysninger
signing-period = Periode
signing-from = Trækkes ud i
signing-to = Forsegles til
signing-fingerprint = nøglens fingeraftryk: { $words }
signing-x509 = X.509-certifikat: ingen har undersøgt, hvem der har udstedt det, eller om det er spærret. Det gælder, fordi fingeraftrykket blev sammenholdt med myndigheden
signing-recipient-known = kendt siden { $day } ifølge din egen liste over modtagere
signing-recipient-new = NY: står ikke på din liste over modtagere. Bed myndigheden læse fingeraftrykket op, på et nummer som du selv har fundet, før du underskriver
signing-recipient-not-asked = ikke sammenholdt med din egen liste over modtagere. Bed myndigheden læse fingeraftrykket op, på et nummer som du selv har fundet
signing-passphrase = forseglet med en engangsadgangsfrase, som { $by } oplyser pr. telefon på { $number } og på intet andet nummer
signing-passphrase-worth = Mindre værd end en nøgle: den, der hører samtalen og har pakken, kan åbne den
signing-number-known = nummeret har været kendt af dig siden { $day } gennem din egen liste over modtagere
signing-number-new = NYT: nummeret står ikke på din liste over modtagere. Find det selv, og lad myndigheden svare dér, før du underskriver
signing-number-not-asked = nummeret er ikke sammenlignet med en egen liste over modtagere. Find det selv, og lad myndigheden svare dér, før du underskriver
signing-who = Hvem der anmoder, og på hvilket grundlag
signing-why = Hvorfor det er tilladt
signing-why-search = Hvorfor der søges
signing-stays = Følgende udleveres ikke
signing-all-leaves = Alle dele af anmodningen er omfattet af denne udtræksordre.
signing-all-leaves-together = Alle dele af anmodningen er omfattet af de udtræksordrer, der underskrives sammen.
signing-on-the-first = Hvem der anmoder, hvad der ikke udleveres, og andre anmodninger om de samme konti står én gang for alle { $of } udtræksordrer, der underskrives sammen: på den førstes side.
signing-other-mandate = Omfattet af en anden udtræksordre i sagen.
signing-undated = Meddelelser og poster, hvis dato ikke kan fastslås, bliver hos udbyderen, indtil juristen har gennemgået dem.
signing-earlier = Andre anmodninger om de samme konti
signing-none-earlier = Ingen er kendt.
signing-signers = Hvem der skriver under
signing-rule = Udtræksordren underskrives af to personer i forening, hvoraf mindst én er udbyderens jurist.
signing-signed = skrev under { $at }
signing-not-signed = har ikke skrevet under
signing-mandate = Udtræksordren, som du skriver under
signing-words = I ord
signing-drafted = Udarbejdet
signing-expires = Bortfalder
signing-compare = Sammenlign ordene med dem, som den anden person ser, før du skriver under.
signing-error-text = Dette er ikke teksten til en udtræksordre. Der er intet at skrive under.
signing-error-differs = Udtræksordren siger ikke det samme som sagen: { $what }. Skriv ikke under; få udarbejdet en ny.
signing-differs-case = den er ikke udarbejdet i denne sag
signing-differs-demand = anmodningen er beskrevet på ny eller er ikke vurderet
signing-differs-reference = referencen eller bestemmelsen er en anden
signing-differs-facts = de omstændigheder, som loven anvendes på, er andre, eller afsenderen er ikke kontrolleret
signing-differs-scope = konti eller kategorier er ikke dem, der er truffet beslutning om
signing-differs-period = perioden er længere end den, der anmodes om
signing-differs-recipient = den ville blive forseglet til en anden
signing-differs-others = Det, pakken ville sige om resten af anmodningen, svarer ikke til, hvordan den er besvaret.
confirm-account = Skriv den konto, hvis oplysninger udleveres
confirm-number = Skriv antallet af konti, hvis oplysninger udleveres

## Why something is not possible

refusal-nothing-received = Der er ikke modtaget noget under dette nummer.
refusal-already-received = Denne anmodning er allerede registreret.
refusal-closed = Sagen er afsluttet.
refusal-not-described = Anmodningen er endnu ikke beskrevet.
refusal-description-fixed = Der er truffet beslutning om anmodningen, så beskrivelsen kan ikke længere ændres.
refusal-already-decided = Der er allerede truffet beslutning om anmodningen; dette sker før beslutningen. Så længe ingen udtræksordre er afgivet, kan anmodningen beskrives på ny, med en begrundelse: så vurderes og besluttes den igen.
refusal-empty = Dette må ikke være tomt: { $field }.
field-how = hvordan afsenderen blev kontrolleret
field-known = hvordan dette vides
field-reason = begrundelsen
field-text = notitsens tekst
refusal-no-emergency-claimed = Anmodningen oplyser ikke om nogen fare.
refusal-no-secrecy = Anmodningen nævner intet pålæg om tavshedspligt. Beskriv det først, hvis der er et.
refusal-only-counsel-emergency-belief = Kun udbyderens jurist kan notere, om udbyderen vurderer, at faren er reel.
refusal-only-counsel-findings = Kun udbyderens jurist kan notere, hvad udbyderen har fundet om en anmodning.
refusal-only-counsel-privileged-note = Kun udbyderens jurist kan skrive en notits, som kun juristen læser.
refusal-only-officer = Det gør kun en medarbejder hos en myndighed ved indgangen for myndigheder.
refusal-out-of-order = Dette kan ikke være sket i den rækkefølge. »{ $later }« kommer efter »{ $earlier }«.
refusal-in-the-future = »{ $what }« kan ikke noteres for { $when }: det ligger i fremtiden.
refusal-not-authenticated = Det er endnu ikke noteret, om anmodningen er ægte.
refusal-nothing-pending = Alle dele er besvaret, så der er intet tilbage at vurdere: der er allerede truffet beslutning om anmodningen.
refusal-accounts-not-told = Hvilke af disse konti der findes, ved kun udtræksprogrammet i { $regions }, og det har ikke svaret endnu. Spørg det, og anvend retten, når svaret er kommet.
refusal-nothing-to-inquire = Der er ikke noget at spørge et udtræksprogram om i sagen: kontiene står på udbyderens egen liste, der er allerede spurgt om dem, eller spørgsmålet er ældre end tre døgn eller end beskrivelsen af anmodningen.
refusal-holdings-changed = De oplysninger, som udbyderen råder over om disse konti, er ændret, siden en del af anmodningen blev besvaret. Registrer de resterende dele som en ny anmodning.
refusal-not-assessed = Anmodningen er endnu ikke vurderet efter loven.
refusal-answers-fixed = To personer har skrevet under, og udtræksordren er udstedt, så beslutningen kan ikke længere ændres.
refusal-part-fixed = Del { $part } kan ikke længere ændres: dens udtræksordre er udstedt.
refusal-no-such-part = { $count ->
    [one] Der er ingen del { $part }. Anmodningen har { $count } del.
   *[other] Der er ingen del { $part }. Anmodningen har { $count } dele.
 }
refusal-one-answer-each = { $count ->
    [one] Giv den åbne del præcis ét svar.
   *[other] Giv hver af de { $count } åbne dele præcis ét svar.
 }
refusal-every-part-pending = Alle dele afventer, så der er endnu intet at beslutte. Noter det, som delene afventer, når det er sket, ret beskrivelsen, eller besvar dem strengere.
refusal-part-pending = Del { $part } afventer, og det er ikke et svar. Noter det, som den afventer, når det er sket, ret beskrivelsen, eller besvar den strengere.
refusal-reason-missing = Angiv en begrundelse for del { $part }.
refusal-laxer-than-law = Del { $part }: regelsættet siger »{ $proposed }«, svaret var »{ $answered }«. En person kan være strengere end regelsættet, men aldrig lempeligere. Ret beskrivelsen af anmodningen eller regelsættet, og foretag vurderingen igen.
refusal-not-verified = Det er ikke kontrolleret, at anmodningen kommer fra myndigheden. Derfor udleveres og sikres intet.
refusal-no-such-mandate = Der er ingen udtræksordre { $mandate } i sagen.
refusal-other-text = Kontrolsummen hører ikke til udtræksordrens tekst.
refusal-no-card = Alle pladser i loggens kortfiler er optaget de næste tredive dage, og uden kort udfører intet udtræksprogram en udtræksordre. Få større filer kundgjort.
refusal-log-ahead = Den offentlige log har mere, end databasen kender til: en ældre sikkerhedskopi er gendannet. Intet offentliggøres, og ingen sag åbnes, før en administrator har oplyst, hvad der er gået tabt: sagsnumre kunne ellers blive brugt to gange.
refusal-log-away = Den offentlige log er ikke, hvor den blev efterladt: den kan ikke læses, eller den har mindre, end databasen kender til. Ingen sag åbnes, og intet mere får en plads i loggen, før den er tilbage: ellers ved ingen, om sagsnumre bliver brugt to gange. Det, der er registreret, venter, og intet af det går tabt.
refusal-not-carried-out = En udtræksordre omfatter kun dele, som det er besluttet at udlevere.
refusal-already-signed = { $signer } har allerede underskrevet denne udtræksordre. Den anden underskrift skal være en anden persons.
refusal-already-released = Denne udtræksordre har allerede to underskrifter og er udstedt.
refusal-signature-missing = { $count ->
    [0] Udtræksordren skal underskrives af to personer. Endnu har ingen skrevet under.
    [one] Udtræksordren skal underskrives af to personer. Én har skrevet under.
   *[other] Udtræksordren skal underskrives af to personer. { $count } har skrevet under.
 }
refusal-counsel-missing = En af de to underskrifter skal være udbyderens jurists.
refusal-not-released = Udtræksordren er ikke udstedt og kan derfor ikke være udført.
refusal-other-package = Denne udtræksordre er allerede udført. En pakke mere modtages ikke.
refusal-carried-out = Udtrækket er foretaget.
refusal-mandate-expired = Udtræksordren udløb { $when }, før to personer havde skrevet under på den. Lad en ny blive udarbejdet.
refusal-may-be-carried-out = Udtræksordren er tilbagekaldt, men udtræksprogrammet har endnu ikke svaret: udtrækket kan være foretaget forinden. En ny udarbejdes, når udtræksprogrammet har svaret, dog senest efter { $when }.
refusal-law-changed = Del { $part }: Regelsættet sagde »{ $was }«, da der blev truffet beslutning; i dag siger det »{ $now }«, eller omfatter mindre. Vurder anmodningen igen, og træf beslutning på det grundlag.
refusal-decided-otherwise = Oplysningerne blev udtrukket efter en udtræksordre, der ikke længere gjaldt, og der er siden truffet en anden beslutning om delene. Intet udleveres.
refusal-no-such-package = Denne pakke hører ikke til sagen.
refusal-no-passphrase-to-tell = I sagen er der ingen pakke, hvis adgangsfrase du oplyser.
refusal-notified-authority-refused = Den underrettede myndighed har afslået kendelsen. Intet udleveres (artikel 12, stk. 2, i forordning (EU) 2023/1543).
refusal-stopped = Der udleveres ikke længere noget: { $what }.
refusal-not-answered = Alle dele af anmodningen skal besvares, før sagen afsluttes.
refusal-parts-pending = { $count ->
    [one] Del { $parts } afventer. Besvar den, før sagen afsluttes.
   *[other] Del { $parts } afventer. Besvar dem, før sagen afsluttes.
 }
refusal-not-delivered = En pakke er endnu ikke overgivet.
refusal-with-agent = Et udtræk i sagen er endnu ikke afsluttet.
refusal-not-signed = En udtræksordre i sagen er endnu ikke underskrevet. Indhent begge underskrifter, eller ændr beslutningen.
refusal-too-large = { $file } er større end { $limit } byte, som er det højeste, der modtages. Send den i dele.
refusal-unreadable = { $file }: { $why }
refusal-no-recipient-key = Hverken anmodningen eller fortegnelsen over myndigheder angiver en nøgle, som svaret kan forsegles til. Bed myndigheden om dens nøgle, og kontroller den gennem en kanal, som I kender.
refusal-recipient-key-differs = Anmodningen angiver en anden nøgle end den, som myndigheden har givet gennem en kontrolleret kanal. Ring til myndigheden på nummeret i fortegnelsen.
refusal-empty-period = Del { $part } vedrører en periode, der ikke indeholder nogen tid. Ret begyndelsen eller slutningen.
refusal-no-company = Kravet er rettet til { $company }, og directory.toml angiver ingen virksomhed i det land: { $country }. Her besvares krav til { $companies }. Gælder kravet en af dem, så ret modtageren i beskrivelsen. Er virksomheden udbyderens egen, så tilføj den og dens lagringssted i directory.toml.
refusal-no-company-nobody = Kravet er rettet til { $company }, og ingen virksomhed og intet lagringssted er kendt, så ingen ved, hvor der skal søges. Tilføj virksomheden og dens lagringssted i directory.toml.
refusal-no-company-name = Kravet er rettet til { $company }, og her besvares ingen krav til en virksomhed med det navn, kun til { $companies }. Gælder kravet en af dem, så ret modtageren i beskrivelsen, eller få navnet tilføjet i directory.toml (also). Ellers skal myndigheden have at vide, hvem den har spurgt.
refusal-no-agent = Der er intet udtræksprogram for { $region }. Tilføj et i indstillingerne.
refusal-not-on-roster = Nøglen { $key } tilhører ingen på listen over beføjede personer. Den tilføjes dér af den, der passer systemet, og af den driftsansvarlige ved hvert udtræksprogram.
refusal-no-own-machine-signed = Ingen af udtræksordrens underskrifter ville være sat på underskriverens egen computer, og udtræksprogrammet i { $region } udfører ikke en sådan ordre. Intet er noteret. Først underskriver en, hvis nøgle ligger på egen computer: { $people }.
refusal-no-own-machine-signed-nobody = Ingen af udtræksordrens underskrifter ville være sat på underskriverens egen computer, og udtræksprogrammet i { $region } udfører ikke en sådan ordre. Intet er noteret. Ingen på listen over beføjede personer har en sådan nøgle: den, der driver systemet, skal tilføje en (own_machine = true).
refusal-signature-invalid = Underskriften hører ikke til udtræksordrens tekst eller kommer ikke fra nogen på listen over beføjede personer. Intet er noteret.
refusal-nothing-to-sign = Ingen udtræksordre i sagen venter på underskrift.
refusal-nothing-produced = Der er endnu ikke trukket oplysninger ud i sagen, så der er intet at overgive.
refusal-other-bytes = Det, der kom, er ikke den pakke, som kvitteringen angiver. Intet er overgivet. Bed den driftsansvarlige om at sende den igen.
refusal-no-such-original = { $count ->
    [one] Der er ikke noget originalt dokument { $number }. Sagen har { $count } originalt dokument.
   *[other] Der er ikke noget originaldokument { $number }. Sagen har { $count } originaldokumenter.
 }
refusal-unknown-person = Ingen hos udbyderen har id { $id }.
refusal-unknown-group = Ingen gruppe har id { $id }.
refusal-nobody-opens = Ingen jurist på sagen har en nøgle i en fil på listen over beføjede personer, og intet kan forsegles til en adgangsnøgle. Intet er noteret. Den driftsansvarlige ved et udtræksprogram skal tilføje en sådan nøgle, og den, der passer systemet, på listen her.
refusal-authority-of-another-group = En anden gruppe svarer { $authority } og registrerer dens kontaktpersoner.
refusal-of-another-group = { $id } arbejder ikke i den gruppe, der har sagen. Overdrag først sagen til en gruppe, hvor personen arbejder.
refusal-only-counsel-emergency-review = Kun udbyderens jurist kan notere, at en udlevering i en nødsituation er gennemgået.
refusal-only-counsel-danger-over = Kun udbyderens jurist kan notere, at faren er ovre.
refusal-only-counsel-choice-to-tell = Her må udbyderen underrette kontoindehaveren, men skal ikke: det afgør juristen. Kun juristen kan sende underretningen.
refusal-only-counsel-laxer-answer = Juristen har bestemt, at intet udleveres for denne del. Kun juristen kan ændre det.
refusal-call-back-missing = Ingen hos myndigheden har bekræftet anmodningen på nummeret i myndighedslisten. Derfor udleveres, sikres eller bevares intet.
refusal-second-person-missing = I en nødsituation ringer én person myndigheden op, og en anden bekræfter, at anmodningen er ægte.
refusal-sender-warnings = Afsenderen stemmer ikke med myndighedslisten: { $warnings } Angiv, hvorfor anmodningen alligevel er ægte, eller at den ikke kunne kontrolleres.
refusal-no-number = Myndighedslisten har intet telefonnummer til myndigheden. Find nummeret i en kilde, du selv kender, aldrig i anmodningen, og skriv det i listen.
refusal-not-from-the-door = Anmodningen kom ikke gennem indgangen for myndigheder: der læser ingen et spørgsmål. Skriv til myndigheden.
refusal-not-of-authority = { $address } hører ikke til noget domæne, som listen har for myndigheden.
refusal-called-in-the-future = Opkaldet kan ikke være foretaget { $when }: det ligger i fremtiden.
refusal-duties-run = Noget løber stadig: { $duties }
refusal-linked-to-itself = En sag kan ikke knyttes til sig selv.
refusal-came-through-door = Denne anmodning kom ind gennem myndighedsindgangen, hvor myndighedens medarbejder finder svaret. Slå den anden sag sammen med denne.
field-number = nummeret, der blev ringet til
field-answered-by = hvem der svarede
duty-clock = Fristen { $id } løber.
duty-review = Juristen skal afgøre, hvad der sker med det, som blev holdt tilbage ved søgningen efter udtræksordre { $mandate }.
duty-notice = Om underretning eller tavshed i denne sag: se { $id } i notatet.
duty-notice-secrecy-until = Pålægget om tavshedspligt fra { $authority } gælder indtil { $until }. ({ $id })
duty-notice-secrecy = Pålægget om tavshedspligt fra { $authority } angiver ingen slutdato: spørg efter en. ({ $id })
duty-notice-danger = Underretningen til { $whom } venter, til faren er ovre. ({ $id })
duty-notice-tell-until = Underretningen til { $whom } skal sendes senest { $until }. ({ $id })
duty-notice-tell = Underretningen til { $whom } mangler at blive sendt. ({ $id })
duty-emergency-review = Juristen skal efterfølgende gennemgå udleveringen i nødsituationen.
duty-emergency-confirmation = Myndigheden skal bekræfte hasteanmodningen skriftligt eller få den godkendt efterfølgende.
duty-challenge = Prøvelsen er ikke afsluttet: begæringen mangler at blive indgivet, eller den er endnu ikke afgjort.
duties = Forpligtelser, der løber videre
case-links = Andre sager
warning-unknown-authority = Ingen myndighed med det navn og land står i myndighedslisten.
warning-other-domain = { $address } hører ikke til noget domæne, som listen har for myndigheden.
warning-other-authority = Medarbejderen, der indgav anmodningen, hører til { $name }; anmodningen angiver en anden myndighed.
warning-other-number = Den kom fra { $number }, som ikke er det nummer, listen har for myndigheden.
warning-other-kind = Listen har myndigheden som en myndighed af en anden art.
checked-call-back = Kontrolopkald
checked-no-call-back = Ingen har ringet myndigheden op endnu.
checked-confirmed = { $name } bekræftede den på { $number }, { $at }. Ringet op af { $by }.
checked-denied = { $name } kendte den ikke på { $number }, { $at }. Ringet op af { $by }.
checked-despite = Anses alligevel for ægte: { $despite }
field-why = hvorfor faren vurderes at være reel eller ikke
demand-error-pdf = Dette er et PDF-dokument, ikke en beskrivelse af en anmodning.
demand-error-image = Dette er et billede, ikke en beskrivelse af en anmodning.
demand-error-mail = Dette er en e-mail, ikke en beskrivelse af en anmodning.
demand-error-zip = Dette er en ZIP-fil eller et kontordokument, ikke en beskrivelse af en anmodning.
demand-error-compound = Dette er en Outlook-besked eller et ældre kontordokument, ikke en beskrivelse af en anmodning.
demand-error-markup = Dette er XML eller HTML, som ikke læses.
demand-error-text = Dette er tekst, men ingen beskrivelse af en anmodning.
demand-error-other = Dette er ingen tekst.
demand-error-not-text = Dette er ikke en beskrivelse af en anmodning: { $why }
demand-error-field = Feltet { $field }: { $why }

## The summary in a package

summary-title = Oversigt over det udleverede materiale
summary-reference = Jeres ref.
summary-case = Vores sagsnr.
summary-basis = Retsgrundlag
summary-sealed = Forseglet til
summary-period = Periode
summary-searched-in = Gennemsøgt
summary-searched = { $region }, fra { $began } til { $ended }
summary-nothing = Ingen oplysninger at udlevere. Søgningerne nedenfor gav intet.
summary-nothing-yet = Pakken indeholder ingen meddelelse og ingen post. Det betyder ikke, at der ingen er: se nedenfor, hvad der tilbageholdes, og hvad der ikke kunne læses.
summary-items = { $count ->
    [one] Pakken indeholder { $count } meddelelse eller post.
   *[other] Pakken indeholder { $count } meddelelser og poster.
 }
summary-withheld = { $count ->
    [one] { $count } post tilbageholdes, fordi kun et menneske kan afgøre, om den hører til jeres anmodning. Udbyderens jurist gennemgår den.
   *[other] { $count } poster tilbageholdes, fordi kun et menneske kan afgøre, om de hører til jeres anmodning. Udbyderens jurist gennemgår dem.
 }
summary-made = Dato
summary-signed-by = Tilladt af
summary-whole-demand = Jeres anmodning omfatter intet ud over det, der er søgt efter her.
summary-not-whole = Pakken besvarer en del af jeres anmodning. Det, som ikke besvares, er anført nedenfor.
summary-others = Hvad I ellers har anmodet om
summary-others-as-of = Status { $at }:
summary-other = { $category } for { $identifier }
summary-other-here = udleveres i denne pakke, men ikke det hele:
summary-other-produce = udleveres i en selvstændig pakke.
summary-other-narrow = udleveres delvist, i en selvstændig pakke.
summary-other-preserve = sikres, men udleveres ikke.
summary-other-reject = efterkommes ikke.
summary-other-redirect-to-customer = udleveres ikke; henvend jer til kunden.
summary-other-redirect-to-treaty-channel = udleveres ikke; anmod om det ved international retshjælp.
summary-other-challenge = udleveres ikke; udbyderen indbringer det for retten.
summary-other-wait = endnu ikke besvaret.
summary-other-wait-until = endnu ikke besvaret; afventer senest til { $until }.
summary-other-no-data = endnu ikke søgt; besvares særskilt.
summary-other-ask = endnu ikke besvaret; udbyderen spørger om det, der mangler.
summary-other-by-hand = endnu ikke besvaret; besvares af en jurist.
summary-other-not-looked-up = kan ikke slås op her.
summary-searches = Gennemsøgte datakilder
summary-search = { $category }: { $identifier }, i { $source }
summary-unknown = Denne datakilde har ingen konto med det navn.
summary-alias = Dette er et andet navn for en konto og er ikke fulgt. En anmodning skal angive selve kontoen.
summary-not-searched = Kilden indeholder intet, som vides at være af den slags, der er anmodet om. Den er ikke gennemsøgt.
summary-unsaid = Udbyderen har ikke angivet, hvilken slags disse felter er. De udleveres ikke og kan indeholde det, der er anmodet om: { $fields }.
summary-found = { $count ->
    [0] Fuldstændigt gennemsøgt; intet fundet.
    [one] Fuldstændigt gennemsøgt; { $count } post fundet.
   *[other] Fuldstændigt gennemsøgt; { $count } poster fundet.
 }
summary-unreadable = { $count ->
    [one] { $count } linje, fil eller mappe i datakilden kunne ikke læses og er ikke gennemsøgt.
   *[other] { $count } linjer, filer eller mapper i datakilden kunne ikke læses og er ikke gennemsøgt.
 }
summary-removed = { $count ->
    [one] { $count } fjernelse af et objekt er noteret i datakilden.
   *[other] { $count } fjernelser af objekter er noteret i datakilden.
 }
summary-found-none-certain = Gennemsøgt; intet blev fundet, som med sikkerhed hører til jeres anmodning.
summary-found-as-far = { $count ->
    [one] Gennemsøgt, så langt den kan læses; { $count } post fundet.
   *[other] Gennemsøgt, så langt den kan læses; { $count } poster fundet.
 }
summary-covers = Oplysningerne i datakilden rækker fra { $first } til { $last }.
summary-begins-late = Perioden i jeres anmodning begynder før den første af dem.
summary-ends-early = Perioden i jeres anmodning slutter efter den sidste af dem.
summary-gap = Mellem { $from } og { $until } findes der i datakilden ingen oplysninger om nogen med et tidspunkt, der kan læses; der kan mangle oplysninger.
summary-gaps-more = Der kan være flere huller.
summary-repeated = { $count ->
    [one] Mindst en af disse poster står ens i to af datakildens filer og kan være her to gange.
   *[other] Mindst { $count } af disse poster står ens i to af datakildens filer og kan være her to gange.
 }
summary-absent = Ingen af de udleverede poster har disse felter: { $fields }.
summary-date-rule = Afgørende dato: { $rule }
date-rule-message = datofeltet (Date) i meddelelsens hoved (RFC 5322, afsnit 3.6.1), som tidspunkt i UTC. Hvis det mangler, modsiger sig selv, er ufuldstændigt eller er gået tabt, afgør en person det.
date-rule-received = datoen i det øverste Received-felt i meddelelsens hoved (RFC 5321, afsnit 4.4), som den sidste mailserver skrev, da den modtog meddelelsen, som tidspunkt i UTC. Hvis den mangler, er ufuldstændig eller er gået tabt, afgør en person det.
date-rule-delivered = tidspunktet, hvor meddelelsen blev lagt i postkassen, ifølge navnet på dens fil (Maildir), som tidspunkt i UTC. Hvis navnet ikke angiver det, afgør en person det.
date-rule-internal = den dato, som mailserveren fører ved siden af meddelelsen (internal date, RFC 3501, afsnit 2.3.3), som tidspunkt i UTC. Hvis den er gået tabt, afgør en person det.
date-rule-line = tidsfeltet på linjen, som tidspunkt i UTC. Hvis det mangler eller ikke kan læses, afgør en person det.
date-rule-modified = tidspunktet, hvor objektet eller denne version af det blev lagret (seneste ændring), som tidspunkt i UTC. Hvis det mangler eller ikke kan læses, afgør en person det.
date-rule-metadata = et felt i objektets metadata, skrevet af den, der lagrede det, som tidspunkt i UTC. Hvis det mangler eller ikke kan læses, afgør en person det.
date-rule-record = ingen. Abonnentdata udleveres, som de var på tidspunktet for søgningen.
summary-review-items = { $count ->
    [0] Udbyderens jurist har gennemgået det, som blev tilbageholdt i en tidligere pakke i sagen. Intet af det udleveres.
    [one] Udbyderens jurist har gennemgået det, som blev tilbageholdt i en tidligere pakke i sagen. Denne pakke indeholder { $count } post af det.
   *[other] Udbyderens jurist har gennemgået det, som blev tilbageholdt i en tidligere pakke i sagen. Denne pakke indeholder { $count } poster af det.
 }
summary-review-only = Pakken indeholder kun det, som blev frigivet ved gennemgangen. Der er ikke foretaget nogen ny søgning; søgningerne er beskrevet i den tidligere pakke.
summary-review = Juristens afgørelse
review-released = Nr. { $numbers }: udleveres. { $reason }
review-refused = Nr. { $numbers }: udleveres ikke. { $reason }
summary-inside = Pakkens indhold
summary-file-items = meddelelser, som de var lagret, byte for byte, hvis der er nogen
summary-file-records = rækker fra logge og abonnentregistre, hvis der er nogen: som JSON Lines, hver værdi som den er lagret, og som tabel (CSV), hvor en apostrof står foran det, som et regneark kunne tage for en formel
summary-file-statement = hvad der er gennemsøgt, for maskiner
summary-file-manifest = hver fil med SHA-256, længde, datakilde og dato
summary-file-mandate = udbyderens udtræksordre, signeret af to personer
summary-file-proof = bevis for, at udtræksordren findes i udbyderens offentlige log
summary-file-seal = udtræksprogrammets signatur over filerne ovenfor
summary-check = Sådan kontrolleres pakken
summary-check-how = Hver fils SHA-256 står i manifest.jsonl. Signaturerne er Ed25519 på signerede noter (c2sp.org/signed-note), og beviset er et tlog-proof (c2sp.org/tlog-proof). Det åbne program Lagrum kontrollerer det hele uden netværk mod udbyderens offentliggjorte nøgler.

## What was decided and done

memo-decision = Afgørelse og foranstaltninger
memo-nothing-decided = Intet er afgjort.
memo-decided = Afgjort af
memo-actions = Foranstaltninger i tidsrækkefølge
memo-found-anew = Her er reglerne anvendt på ny på det, der er kendt nu. Afgørelsen ovenfor bygger på en tidligere vurdering og ændres ikke af dette.
counsel-found = Juristens vurdering
event-accounts-asked-about = spurgte udtræksprogrammet, hvilke konti der findes
event-accounts-told = svarede, hvilke konti der findes
event-accounts-not-told = svarede ikke, hvilke konti der findes
event-accounts-not-told-why = svarede ikke, hvilke konti der findes: { $why }
told-account = { $address } er en konto ({ $data })
told-alias = { $address } er et andet navn for { $of } ({ $data })
told-nobody = { $address } er ingens adresse
told-unknown = { $address } er ingen kendt konto dér
told-no-data = ingen oplysninger dér
event-looked-up = undersøgt, hvis konto det er
event-preserved = sikret
event-preservation-ended = sikringen ophørt
mandate-items-review-none = intet udleveres efter gennemgangen
mandate-withheld-decided = { $count ->
    [one] Juristen har truffet afgørelse om den post, der blev tilbageholdt.
   *[other] Juristen har truffet afgørelse om de { $count } poster, der blev tilbageholdt.
 }
signing-intro-review-none = Med din underskrift bekræfter { $provider } juristens afgørelse om, at intet af det, der blev tilbageholdt ved en tidligere søgning i sagen, udleveres. Udtræksprogrammet i { $region } forsegler én gang en pakke til { $recipient }, som siger det og ikke indeholder oplysninger. Du skriver under på numre og begrundelser; selve oplysningerne gennemgås kun i { $region }.
signing-nothing-leaves = Intet udleveres
signing-review-accounts = Tilbageholdt ved søgning i
signing-review-search = Søgningen, som gennemgangen gælder
confirm-account-of-mandate = Skriv den konto, som udtræksordren gælder
confirm-number-of-mandate = Skriv antallet af konti, som udtræksordren gælder
