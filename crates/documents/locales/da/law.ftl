# Hvad loven siger, og dens frister, på dansk.

## Rules

effect-permit-disclose = Tillader udlevering.
effect-permit-preserve = Kræver eller tillader sikring; intet udleveres.
effect-forbid-disclose = Forbyder udlevering.
effect-forbid-preserve = Forbyder sikring.
effect-forbid-both = Forbyder udlevering og sikring.
label-effect = Virkning
label-says = Betydning
label-leads-to = Fører til
label-instead = I stedet
label-source = Kilde
label-in-force = Gælder
label-verified = Kildekontrol
label-advice = Bemærk
label-because = Begrundelse
label-permits = Begrundelse for udlevering
label-permits-preserve = Begrundelse for sikring
label-forbids = Til hinder
label-overridden = Bestemmelse, der ellers ville have tilladt det
label-within = Omfattes
within-receipt = Det, der fandtes, da anmodningen blev modtaget
label-within-by = Omfatter ikke mere
label-instead-authority = Myndighedens andre muligheder
in-force-always = der er ikke noteret datoer
in-force-from = fra og med { $from }
in-force-until = til og med { $last }
verified-primary = kildeteksten er læst
verified-in-part = kildeteksten er læst delvist
verified-secondary = sekundær kilde
verified-not = ikke kontrolleret
verified-own = udbyderens egen regel
not-confirmed = ikke gennemgået af jurist
untranslated = [Ikke oversat]
no-advice = Dette er ikke juridisk rådgivning. Udbyderens jurist træffer afgørelsen.
channel-blank = international retshjælp mellem de to lande
nothing-permits = Ingen gældende bestemmelse tillader det, og uden en sådan foretages intet.
nothing-permits-instead = Ingen gældende bestemmelse, som udbyderen kender, tillader dette. Angiv den bestemmelse, som anmodningen støttes på, eller send den afgørelse, som loven kræver for denne kategori af oplysninger.
assessment-title = Retstilstanden pr. { $day }
part-of = { $category }: { $identifier }

## What the desk adds to a part

note-no-account = Der findes ingen konto med dette navn.
note-alias = Et andet navn for { $account }; er ikke fulgt.
note-customer = Kunde: { $who }.
note-none-of-it = Kontoen har ingen { $category }.
note-by-address = Udbyderen søger konti frem ved deres e-mailadresse; angiv den.
identifier-address = { $address }, { $at }
identifier-address-port = { $address } port { $port }, { $at }
note-no-means = Udbyderen kan ikke finde en konto ved hjælp af en sådan oplysning ({ $kind }). Angiv kontoens mailadresse.
identifier-kind-user-id = brugeridentitet
identifier-kind-phone-number = telefonnummer
identifier-kind-ip-address = IP-adresse på et bestemt tidspunkt
identifier-kind-imei = IMEI
identifier-kind-imsi = IMSI
identifier-kind-mac-address = MAC-adresse
identifier-kind-email-address = mailadresse
note-name-the-account = Dette er et andet navn for en konto. En anmodning, der angiver selve kontoen, kan besvares.

## Answers: of a demand, and, where it reads differently, of one part

disposition-produce = udleveres
disposition-preserve = sikres
disposition-narrow = udleveres delvist
disposition-reject = efterkommes ikke
disposition-redirect-to-customer = henvises til kunden
disposition-redirect-to-treaty-channel = henvises til international retshjælp
disposition-challenge = indbringes for retten
disposition-wait = afventer
disposition-no-data = ingen oplysninger findes
finding-no-data = ingen sådanne oplysninger kendes her; søgning udestår
disposition-not-looked-up = kan ikke fremsøges her
disposition-ask = der anmodes om præcisering
disposition-by-hand = besvares af en jurist
disposition-look-up = først undersøges, hvis konto det er
answer-in-part = begrænses: kun en del udleveres
answer-narrow = begrænses: denne del udleveres ikke
answer-ask = der anmodes om præcisering: denne del er ufuldstændig
answer-by-hand = besvares af en jurist uden for systemet
label-form = Formular
form-annex-iii = Bilag III til forordning (EU) 2023/1543, afsnit { $section }: { $reason }. Den går til { $to }.
form-to-issuing = den udstedende myndighed
form-to-both = den udstedende myndighed og fuldbyrdelsesmyndigheden
form-reason-incomplete = certifikatet er ufuldstændigt
form-reason-manifest-errors = det indeholder åbenlyse fejl
form-reason-insufficient-information = det indeholder for få oplysninger til at kunne efterkommes
form-reason-not-stored = dataene var ikke lagret ved modtagelsen
form-reason-impossible = det kan ikke udføres af grunde, som adressaten ikke er herre over
form-reason-not-issued-or-validated = ingen myndighed efter artikel 4 har udstedt eller godkendt det
form-reason-offence = lovovertrædelsen er ikke omfattet af artikel 5, stk. 4
form-reason-service-not-covered = tjenesten er ikke omfattet
form-reason-immunity-or-privilege = immuniteter, privilegier eller reglerne om pressefrihed
form-reason-third-country-law = et tredjelands ret
form-reason-other = en anden grund, i ord

## Categories, and the boxes below them

category-subscriber = abonnentdata
category-identification = data, der udelukkende anmodes om med henblik på at identificere brugeren
category-traffic = trafikdata
category-content = indhold
category-only = { $category } (kun { $boxes })
sub-category-identity = identitet
sub-category-name = navn
sub-category-postal-address = postadresse
sub-category-registration = registrering
sub-category-registration-address = IP-adresse ved registreringen
sub-category-service = tjenestens art og varighed
sub-category-service-identifiers = navne, numre og enheder, som tjenesten bruges med
sub-category-length-of-service = hvor længe tjenesten har været brugt
sub-category-profile = profil
sub-category-validation = oplysninger om validering af brugen
sub-category-payment = betaling
sub-category-unlock-codes = PUK-koder
sub-category-connection-records = opkoblingsdata
sub-category-endpoints = meddelelsens to endepunkter
sub-category-duration = tidspunkt og varighed
sub-category-location = enhedens lokalisering
sub-category-routing = dirigering
sub-category-volume = datamængde
sub-category-hosting-logs = hostingtjenestens logfiler
sub-category-purchase-history = købshistorik
sub-category-mailbox = postkasse
sub-category-storage = lagrede filer
sub-category-pages = sider
sub-category-messages = meddelelser
sub-category-voicemail = talebeskeder
sub-category-server = indholdet på en server
sub-category-device-backup = sikkerhedskopi af en enhed
sub-category-contacts = kontakter

## Instruments and who issues them

instrument-search-warrant = ransagningskendelse (search warrant)
instrument-subpoena = pålæg om udlevering (subpoena)
instrument-disclosure-order = retskendelse om udlevering
instrument-european-production-order = europæisk editionskendelse
instrument-european-preservation-order = europæisk sikringskendelse
instrument-mutual-legal-assistance-request = anmodning om retshjælp
instrument-production-order = editionskendelse
instrument-court-decision = retskendelse
instrument-prosecutor-decision = anklagerens afgørelse
instrument-police-request = anmodning fra politiet
instrument-preservation-request = anmodning om sikring
instrument-emergency-request = hasteanmodning ved fare for liv eller helbred
instrument-national-security-letter = National Security Letter
instrument-foreign-intelligence-order = afgørelse efter FISA
instrument-european-investigation-order = europæisk efterforskningskendelse
instrument-preservation-order = pålæg om hastesikring
instrument-communications-data-notice = pålæg om kommunikationsdata
instrument-interception-warrant = kendelse om aflytning
instrument-digital-services-order = påbud efter forordningen om digitale tjenester
issuer-judge = dommer
issuer-prosecutor = anklager
issuer-police = politi
issuer-other = anden myndighed

## Clocks: kinds, parties, units

clock-act-by = pligt, der skal opfyldes senest denne dag
clock-claim-by = ret, der fortabes, hvis den ikke udøves rettidigt
clock-valid-until = gælder indtil dette tidspunkt
clock-not-before = må tidligst ske på dette tidspunkt
clock-keep-until = oplysningerne skal sikres indtil dette tidspunkt
when-act-by = Senest { $at }
when-claim-by = Kan udøves senest { $at }
when-valid-until = Gælder indtil { $at }
when-not-before = Tidligst { $at }
when-keep-until = Skal sikres indtil { $at }
clock-no-end = Gælder indtil videre
clock-started = Regnes fra { $by }, { $at }.
clock-suspended = Suspenderet siden { $since } på grund af { $by }.
clock-suspended-until = Suspenderet fra { $since } til { $until } på grund af { $by }.
clock-extended = { $times ->
    [one] Forlænget én gang.
   *[other] Forlænget { $times } gange.
 }
due-from = tidligst { $at }
due-at-once = straks, siden { $at }
due-keep = sikres til { $at }
due-runs = gælder indtil { $at }
due-ran = gjaldt indtil { $at }
due-passed = { $at } er udløbet
kind-notice = pålæg om tavshedspligt og underretning
party-provider = udbyderen
party-authority = myndigheden
party-enforcing-authority = fuldbyrdelsesmyndigheden
party-court = retten
party-account-holder = kontoindehaveren
label-kind = Art
label-period = Frist
label-party = Hvem
label-started-by = Regnes fra
label-stopped-by = Ophører ved
label-paused-by = Suspenderes ved
label-open-ended-by = Gælder indtil videre efter
label-released-by = Bortfalder, hvis der ikke svares inden for fristen for
label-extension = Forlængelse
label-counting = Beregningsmåder
label-acted-on = Udbyderen lægger til grund
label-who-tells = Hvem underretter
label-who-is-told = Den, der underrettes
acted-on-earliest = den tidligste dag efter en sikker fortolkning
acted-on-latest = den seneste dag efter en sikker fortolkning
extension-times = { $times ->
    [one] med { $by }, én gang, hvis der anmodes om det rettidigt
   *[other] med { $by }, { $times } gange, hvis der anmodes om det rettidigt
 }
extension-any = med { $by }, hver gang der anmodes om det rettidigt
period-hours = { $count ->
    [one] { $count } time
   *[other] { $count } timer
 }
period-days = { $count ->
    [one] { $count } dag
   *[other] { $count } dage
 }
period-working-days = { $count ->
    [one] { $count } arbejdsdag
   *[other] { $count } arbejdsdage
 }
period-months = { $count ->
    [one] { $count } måned
   *[other] { $count } måneder
 }

## Ways of counting

counting-elapsed = løbende tid fra tidspunktet, en dag regnet som 24 timer
counting-hour-excluded = timen for begivenheden medregnes ikke
counting-day-included = dagen for begivenheden er den første; fristen udløber ved udløbet af den sidste dag
counting-day-excluded = dagen for begivenheden medregnes ikke; fristen udløber ved udløbet af den sidste dag
counting-rolled = flyttes til næste arbejdsdag, hvis den ikke er en sådan
counting-stated = som angivet i afgørelsen

## States of a clock

state-running = løber
state-paused = suspenderet; beregnet, som om suspensionen ophørte nu
state-passed = er udløbet
state-done = opfyldt: { $by }, { $at }
state-open-ended = gælder indtil videre efter { $by }
state-released = bortfaldet: { $by } udløb uden svar

## Remarks on a clock

remark-extension-too-late = Der blev anmodet om en forlængelse for sent, { $at }, og den medregnes ikke.
remark-extension-too-many = Der blev anmodet om en forlængelse mere, end bestemmelsen giver, { $at }.
remark-too-late = For sent: { $what }, { $at }.
remark-no-calendar = Der er ingen kalender for { $country }; dage dér er derfor ikke beregnet.
remark-no-holidays = Helligdagene i { $country } er ikke indført; frister i arbejdsdage er derfor ikke beregnet.
remark-day-only = Kun dagen er kendt; fristen er regnet fra dagens begyndelse.

## What happened

moment-received = modtagelsen af anmodningen
moment-served = forkyndelsen
moment-decided = afgørelsen
moment-urgent-decision = hasteafgørelsen uden dommer
moment-court-decided = rettens afgørelse herom
moment-validated = den efterfølgende godkendelse
moment-requested-orally = den mundtlige anmodning
moment-confirmed-in-writing = den skriftlige bekræftelse
moment-notified = underretningen af fuldbyrdelsesmyndigheden
moment-cleared = fuldbyrdelsesmyndighedens meddelelse om, at der ikke gøres afslagsgrunde gældende
moment-refused = en afslagsgrund, som fuldbyrdelsesmyndigheden har påberåbt sig
moment-clarification-asked = anmodningen om præcisering
moment-clarified = præciseringen
moment-objected = indsigelsen eller begæringen
moment-review-started = rettens prøvelse af indsigelsen
moment-review-ended = prøvelsens afslutning
moment-enforcement-requested = anmodningen om fuldbyrdelse
moment-enforcement-decided = afgørelsen om fuldbyrdelse
moment-produced = udleveringen af oplysningerne
moment-extended = anmodningen om forlængelse
moment-production-requested = bekræftelsen af, at en anmodning om udlevering er udstedt
moment-no-longer-needed = meddelelsen om, at oplysningerne ikke længere er nødvendige
moment-backup-ordered = pålægget om at tage en sikkerhedskopi
moment-backup-confirmed = bekræftelsen af sikkerhedskopien
moment-customer-told = myndighedens underretning af kontoindehaveren
moment-customer-challenged = kontoindehaverens begæring
moment-notice-delayed = tilladelsen til at udsætte myndighedens underretning
moment-secrecy-contested = udbyderens meddelelse om, at en ret skal prøve pålægget om tavshedspligt
moment-secrecy-applied = myndighedens begæring om et pålæg om tavshedspligt
moment-court-review-asked = begæringen om rettens prøvelse
moment-investigation-ended = efterforskningens afslutning
moment-stated-end = den slutdag, som er angivet i afgørelsen
moment-secrecy-until = den slutdato, som pålægget om tavshedspligt har nu
moment-withdrawn = myndigheden har trukket anmodningen tilbage
moment-validation-refused = den, der efterfølgende skulle godkende afgørelsen, har afslået det
moment-partly-refused = et delvist eller betinget afslag fra den fuldbyrdende myndighed
moment-danger-over = faren er drevet over
moment-account-holder-told = udbyderen underrettede kontoindehaveren
moment-controller-told = udbyderen underrettede kunden, som er dataansvarlig
moment-granted-until = slutdagen for den fristforlængelse, som myndigheden har givet
moment-supporters-joined = andre er indtrådt i sagen
moment-heard = retsmødet
moment-court-ruled = rettens afgørelse af sagen
moment-appealed = kæren
moment-appeal-decided = afgørelsen i højere instans
moment-emergency-reviewed = juristen har efterfølgende gennemgået udleveringen

## Secrecy and notice

teller-authority = myndigheden sørger for underretningen
teller-provider = udbyderen
teller-nobody = ingen har pligt til at underrette
told-account-holder = kontoindehaveren
told-controller = kunden, som er dataansvarlig
may-must = Udbyderen skal underrette { $whom }.
may-may = Udbyderen har lov til at underrette { $whom }, men har ikke pligt til det.
may-must-not = Udbyderen må ikke underrette { $whom }. Der er ikke angivet nogen slutdato.
may-must-not-ended = Udbyderen må ikke underrette { $whom }, før myndigheden har svaret. Den angivne slutdato er passeret.
may-must-not-stated = Udbyderen må ikke underrette { $whom }. Den angivne slutdato er { $until }.
may-not-yet-order = Udbyderen må tidligst underrette { $whom } { $until }.
may-not-yet-danger-over = Udbyderen underretter ikke { $whom }, så længe faren består.
may-not-yet-verified = Udbyderen underretter ingen, før det er afklaret, at anmodningen er ægte.
may-not-yet-permission = Udbyderen må ikke underrette { $whom } uden myndighedens samtykke.
may-not-yet-counsel = Det er ikke afklaret, om udbyderen har lov til at underrette { $whom }. Så længe sker det ikke.
may-nor-before = Det sker heller ikke før { $until }.
next-tell = Underret { $whom }.
next-tell-with-effect = Underret { $whom } senest, når anmodningen efterkommes.
next-choose = En jurist afgør, om { $whom } skal underrettes, og hvornår. Vi har lovet at underrette, så snart loven tillader det.
next-wait-for-end = Afvent, at pålægget om tavshedspligt bortfalder, og tag derefter stilling igen.
next-ask-for-renewal = Pålægget om tavshedspligt bortfalder snart. Undersøg, om det forlænges, og indbring en forlængelse for retten, hvis der er grund til det.
next-ask-for-end = Pålægget om tavshedspligt har ingen slutdato. Bed om en, eller indbring det for retten.
next-ask-for-basis = Bestemmelsen giver ikke hjemmel til pålægget. Spørg, hvad det støttes på, og giv ingen oplysninger om anmodningen, før det er afklaret.
next-ask-for-review = Meddel myndigheden, at en ret skal prøve pålægget om tavshedspligt.
next-wait-for-danger = Giv ingen oplysninger om anmodningen, så længe faren består. Notér, når den er drevet over, og tag derefter stilling igen.
next-verify = Undersøg først, om anmodningen er ægte.
next-authority-tells = Overlad underretningen til myndigheden.
next-ask-whether-told = Spørg myndigheden, om den har underrettet kontoindehaveren, og om udbyderen har lov til det.
next-ask-permission = Bed om myndighedens samtykke til at underrette { $whom } og om en dato, fra hvilken det kan ske.
next-ask-counsel = Der er ikke fundet en regel, der kan lægges til grund. Spørg en jurist, og giv så længe ingen oplysninger om anmodningen.
next-nothing = Ingen: { $whom } er underrettet.

## The law between two days

diff-title = Retstilstanden { $from } og { $until } for denne anmodning
diff-came = Bestemmelser, der kom til
diff-went = Bestemmelser, der ophørte
diff-none = ingen
diff-same = Samme svar begge dage
diff-nothing = For denne anmodning er svarene de samme begge dage.
diff-parts = Svar
diff-others = { $count ->
    [0] Ingen anden bestemmelse.
    [one] Og { $count } bestemmelse, der ikke vedrører denne anmodning.
   *[other] Og { $count } bestemmelser, der ikke vedrører denne anmodning.
 }
