# Vad lagen säger, och dess frister, på svenska.

## Rules

effect-permit-disclose = Tillåter att uppgifter lämnas ut.
effect-permit-preserve = Kräver eller tillåter att uppgifter bevaras; ingenting lämnas ut.
effect-forbid-disclose = Förbjuder att uppgifter lämnas ut.
effect-forbid-preserve = Förbjuder att uppgifter bevaras.
effect-forbid-both = Förbjuder att uppgifter lämnas ut eller bevaras.
label-effect = Verkan
label-says = Innebörd
label-leads-to = Leder till
label-instead = I stället
label-source = Källa
label-in-force = Gäller
label-verified = Källkontroll
label-advice = Anmärkning
label-because = Skäl
label-permits = Skäl för utlämnande
label-permits-preserve = Skäl för bevarande
label-forbids = Hinder
label-overridden = Bestämmelse som annars hade tillåtit det
label-within = Omfattas
within-receipt = Det som fanns när begäran togs emot
label-within-by = Omfattar inte mer
label-instead-authority = Andra vägar för myndigheten
in-force-always = inga datum är antecknade
in-force-from = från och med { $from }
in-force-until = till och med { $last }
verified-primary = källtexten har lästs
verified-in-part = källtexten har lästs i delar
verified-secondary = andrahandskälla
verified-not = ej kontrollerat
verified-own = leverantörens egen regel
not-confirmed = inte granskat av jurist
untranslated = [Ej översatt]
no-advice = Detta är inte juridisk rådgivning. Leverantörens jurist avgör.
channel-blank = internationell rättslig hjälp mellan de båda länderna
nothing-permits = Ingen gällande bestämmelse tillåter det, och utan en sådan vidtas ingen åtgärd.
nothing-permits-instead = Ingen bestämmelse som leverantören känner till och som är i kraft tillåter detta. Ange den bestämmelse som begäran grundas på, eller sänd det beslut som lagen kräver för den kategorin av uppgifter.
assessment-title = Gällande rätt { $day }
part-of = { $category }: { $identifier }

## What the desk adds to a part

note-no-account = Det finns inget konto med detta namn.
note-alias = Ett annat namn på { $account }; har inte följts.
note-customer = Kund: { $who }.
note-none-of-it = Kontot saknar { $category }.
note-by-address = Leverantören söker konton på deras e-postadress; ange den.
identifier-address = { $address }, { $at }
identifier-address-port = { $address } port { $port }, { $at }
note-no-means = Leverantören kan inte hitta ett konto med en sådan uppgift ({ $kind }). Ange kontots e-postadress.
identifier-kind-user-id = användaridentitet
identifier-kind-phone-number = telefonnummer
identifier-kind-ip-address = ip-adress vid en viss tidpunkt
identifier-kind-imei = IMEI
identifier-kind-imsi = IMSI
identifier-kind-mac-address = MAC-adress
identifier-kind-email-address = e-postadress
note-name-the-account = Detta är ett annat namn på ett konto. En begäran som anger själva kontot kan besvaras.

## Answers: of a demand, and, where it reads differently, of one part

disposition-produce = lämnas ut
disposition-preserve = bevaras
disposition-narrow = lämnas ut delvis
disposition-reject = efterkoms inte
disposition-redirect-to-customer = hänvisas till kunden
disposition-redirect-to-treaty-channel = hänvisas till internationell rättslig hjälp
disposition-challenge = rättens prövning begärs
disposition-wait = väntar på besked
disposition-no-data = inga uppgifter finns
finding-no-data = inga sådana uppgifter är kända här; sökning återstår
disposition-not-looked-up = kan inte sökas fram här
disposition-ask = förtydligande begärs
disposition-by-hand = besvaras av jurist
disposition-look-up = först utreds vems kontot är
answer-in-part = begränsas: endast en del lämnas ut
answer-narrow = begränsas: denna del lämnas inte ut
answer-ask = förtydligande begärs: denna del är ofullständig
answer-by-hand = besvaras av jurist, utanför systemet
label-form = Formulär
form-annex-iii = Bilaga III till förordning (EU) 2023/1543, avsnitt { $section }: { $reason }. Det går till { $to }.
form-to-issuing = den utfärdande myndigheten
form-to-both = den utfärdande och den verkställande myndigheten
form-reason-incomplete = intyget är ofullständigt
form-reason-manifest-errors = det innehåller uppenbara fel
form-reason-insufficient-information = det ger för lite information för att kunna verkställas
form-reason-not-stored = uppgifterna var inte lagrade när det togs emot
form-reason-impossible = det kan inte utföras av skäl som mottagaren inte råder över
form-reason-not-issued-or-validated = ingen myndighet enligt artikel 4 har utfärdat eller godkänt det
form-reason-offence = brottet omfattas inte av artikel 5.4
form-reason-service-not-covered = tjänsten omfattas inte
form-reason-immunity-or-privilege = immunitet, privilegier eller reglerna om tryckfrihet
form-reason-third-country-law = rätten i ett tredjeland
form-reason-other = ett annat skäl, i ord

## Categories, and the boxes below them

category-subscriber = abonnentuppgifter
category-identification = uppgifter som begärs med det enda syftet att identifiera användaren
category-traffic = trafikuppgifter
category-content = innehåll
category-only = { $category } (endast { $boxes })
sub-category-identity = identitet
sub-category-name = namn
sub-category-postal-address = postadress
sub-category-registration = registrering
sub-category-registration-address = ip-adress vid registreringen
sub-category-service = tjänstens art och varaktighet
sub-category-service-identifiers = namn, nummer och enheter som tjänsten används med
sub-category-length-of-service = hur länge tjänsten har använts
sub-category-profile = profil
sub-category-validation = uppgifter om validering av användningen
sub-category-payment = betalning
sub-category-unlock-codes = PUK-koder
sub-category-connection-records = uppkopplingsuppgifter
sub-category-endpoints = meddelandets båda ändpunkter
sub-category-duration = tid och varaktighet
sub-category-location = enhetens lokalisering
sub-category-routing = dirigering
sub-category-volume = datavolym
sub-category-hosting-logs = värdtjänstens loggfiler
sub-category-purchase-history = köphistorik
sub-category-mailbox = brevlåda
sub-category-storage = lagrade filer
sub-category-pages = sidor
sub-category-messages = meddelanden
sub-category-voicemail = röstmeddelanden
sub-category-server = innehållet på en server
sub-category-device-backup = säkerhetskopia av en enhet
sub-category-contacts = kontakter

## Instruments and who issues them

instrument-search-warrant = beslut om husrannsakan (search warrant)
instrument-subpoena = föreläggande att lämna ut uppgifter (subpoena)
instrument-disclosure-order = domstolsbeslut om utlämnande
instrument-european-production-order = europeisk utlämnandeorder
instrument-european-preservation-order = europeisk bevarandeorder
instrument-mutual-legal-assistance-request = ansökan om rättslig hjälp
instrument-production-order = editionsföreläggande av domstol
instrument-court-decision = domstolsbeslut
instrument-prosecutor-decision = åklagarbeslut
instrument-police-request = begäran från polisen
instrument-preservation-request = begäran om bevarande
instrument-emergency-request = begäran vid fara för liv eller hälsa
instrument-national-security-letter = National Security Letter
instrument-foreign-intelligence-order = beslut enligt FISA
instrument-european-investigation-order = europeisk utredningsorder
instrument-preservation-order = bevarandeföreläggande
instrument-communications-data-notice = föreläggande om kommunikationsuppgifter
instrument-interception-warrant = tillstånd till avlyssning
instrument-digital-services-order = föreläggande enligt EU:s förordning om digitala tjänster
issuer-judge = domare
issuer-prosecutor = åklagare
issuer-police = polis
issuer-other = annan myndighet

## Clocks: kinds, parties, units

clock-act-by = skyldighet som ska fullgöras senast då
clock-claim-by = rättighet som går förlorad om den inte utövas i tid
clock-valid-until = gäller till denna tidpunkt
clock-not-before = får ske tidigast denna tidpunkt
clock-keep-until = uppgifterna ska bevaras till denna tidpunkt
when-act-by = Senast { $at }
when-claim-by = Kan utövas senast { $at }
when-valid-until = Gäller till { $at }
when-not-before = Tidigast { $at }
when-keep-until = Ska bevaras till { $at }
clock-no-end = Gäller tills vidare
clock-started = Räknas från { $by }, { $at }.
clock-suspended = Löper inte sedan { $since } på grund av { $by }.
clock-suspended-until = Löpte inte från { $since } till { $until } på grund av { $by }.
clock-extended = { $times ->
    [one] Förlängd en gång.
   *[other] Förlängd { $times } gånger.
 }
due-from = tidigast { $at }
due-at-once = genast, sedan { $at }
due-keep = bevaras till { $at }
due-runs = gäller till { $at }
due-ran = gällde till { $at }
due-passed = { $at } har löpt ut
kind-notice = meddelandeförbud och underrättelse
party-provider = leverantören
party-authority = myndigheten
party-enforcing-authority = den verkställande myndigheten
party-court = domstolen
party-account-holder = kontoinnehavaren
label-kind = Slag
label-period = Frist
label-party = Vem
label-started-by = Räknas från
label-stopped-by = Upphör genom
label-paused-by = Löper inte på grund av
label-open-ended-by = Övergår till att gälla tills vidare genom
label-released-by = Upphör om svar uteblir inom fristen för
label-extension = Förlängning
label-counting = Beräkningssätt
label-acted-on = Leverantören utgår från
label-who-tells = Vem underrättar
label-who-is-told = Den som underrättas
acted-on-earliest = den tidigaste dag som en säker tolkning ger
acted-on-latest = den senaste dag som en säker tolkning ger
extension-times = { $times ->
    [one] med { $by }, en gång, om den begärs i rätt tid
   *[other] med { $by }, { $times } gånger, om den begärs i rätt tid
 }
extension-any = med { $by } varje gång den begärs i rätt tid
period-hours = { $count ->
    [one] { $count } timme
   *[other] { $count } timmar
 }
period-days = { $count ->
    [one] { $count } dag
   *[other] { $count } dagar
 }
period-working-days = { $count ->
    [one] { $count } arbetsdag
   *[other] { $count } arbetsdagar
 }
period-months = { $count ->
    [one] { $count } månad
   *[other] { $count } månader
 }

## Ways of counting

counting-elapsed = löpande tid från tidpunkten, en dag räknad som 24 timmar
counting-hour-excluded = timmen för händelsen räknas inte
counting-day-included = dagen för händelsen är den första; fristen går ut när den sista dagen är slut
counting-day-excluded = dagen för händelsen räknas inte; fristen går ut när den sista dagen är slut
counting-rolled = flyttas till nästa arbetsdag om den inte är en sådan
counting-stated = enligt vad som anges i beslutet

## States of a clock

state-running = löper
state-paused = löper inte; beräknad som om uppehållet upphörde nu
state-passed = har löpt ut
state-done = uppfylld: { $by }, { $at }
state-open-ended = gäller tills vidare efter { $by }
state-released = upphörd: { $by } löpte ut utan svar

## Remarks on a clock

remark-extension-too-late = En förlängning begärdes för sent, { $at }, och räknas inte.
remark-extension-too-many = En förlängning mer än bestämmelsen medger begärdes { $at }.
remark-too-late = För sent: { $what }, { $at }.
remark-no-calendar = Det finns ingen kalender för { $country }; dagar där har därför inte beräknats.
remark-no-holidays = Helgdagarna i { $country } är inte inlagda; frister i arbetsdagar har därför inte beräknats.
remark-day-only = Endast dagen är känd; fristen har räknats från dagens början.

## What happened

moment-received = mottagandet av begäran
moment-served = delgivningen
moment-decided = beslutet
moment-urgent-decision = det brådskande beslutet utan domare
moment-court-decided = domstolens beslut i saken
moment-validated = godkännandet i efterhand
moment-requested-orally = den muntliga begäran
moment-confirmed-in-writing = den skriftliga bekräftelsen
moment-notified = underrättelsen till den verkställande myndigheten
moment-cleared = beskedet från den verkställande myndigheten att ordern inte vägras
moment-refused = en vägransgrund som den verkställande myndigheten har åberopat
moment-clarification-asked = begäran om förtydligande
moment-clarified = förtydligandet
moment-objected = invändningen eller ansökan
moment-review-started = domstolens prövning av invändningen
moment-review-ended = att prövningen avslutades
moment-enforcement-requested = begäran om verkställighet
moment-enforcement-decided = beslutet om verkställighet
moment-produced = utlämnandet av uppgifterna
moment-extended = begäran om förlängning
moment-production-requested = bekräftelsen att en begäran om utlämnande har utfärdats
moment-no-longer-needed = beskedet att uppgifterna inte längre behövs
moment-backup-ordered = föreläggandet att göra en säkerhetskopia
moment-backup-confirmed = bekräftelsen av säkerhetskopian
moment-customer-told = myndighetens underrättelse till kontoinnehavaren
moment-customer-challenged = kontoinnehavarens ansökan
moment-notice-delayed = tillståndet att skjuta upp myndighetens underrättelse
moment-secrecy-contested = leverantörens besked att en domstol ska pröva meddelandeförbudet
moment-secrecy-applied = myndighetens ansökan om meddelandeförbud
moment-court-review-asked = begäran om rättens prövning
moment-investigation-ended = att förundersökningen avslutades
moment-stated-end = den slutdag som anges i beslutet
moment-secrecy-until = den slutdag som meddelandeförbudet har nu
moment-withdrawn = myndigheten har återkallat begäran
moment-validation-refused = den som skulle godkänna beslutet i efterhand har vägrat
moment-partly-refused = en vägran av den verkställande myndigheten som gäller delvis eller med villkor
moment-danger-over = faran är över
moment-account-holder-told = leverantören underrättade kontoinnehavaren
moment-controller-told = leverantören underrättade kunden som är personuppgiftsansvarig
moment-granted-until = slutdagen för det anstånd som myndigheten har medgett
moment-supporters-joined = andra har anslutit sig till processen
moment-heard = förhandlingen
moment-court-ruled = domstolens avgörande
moment-appealed = överklagandet
moment-appeal-decided = avgörandet i högre instans
moment-emergency-reviewed = juristen har granskat utlämnandet i efterhand

## Secrecy and notice

teller-authority = myndigheten svarar för underrättelsen
teller-provider = leverantören
teller-nobody = ingen är skyldig att underrätta
told-account-holder = kontoinnehavaren
told-controller = kunden som är personuppgiftsansvarig
may-must = Leverantören ska underrätta { $whom }.
may-may = Leverantören får underrätta { $whom }, men är inte skyldig att göra det.
may-must-not = Leverantören får inte underrätta { $whom }. Något slutdatum är inte angivet.
may-must-not-ended = Leverantören får inte underrätta { $whom } förrän myndigheten har svarat. Det angivna slutdatumet har passerat.
may-must-not-stated = Leverantören får inte underrätta { $whom }. Det angivna slutdatumet är { $until }.
may-not-yet-order = Leverantören får inte underrätta { $whom } förrän { $until }.
may-not-yet-danger-over = Leverantören underrättar inte { $whom } så länge faran består.
may-not-yet-verified = Leverantören underrättar ingen innan det är klarlagt att begäran är äkta.
may-not-yet-permission = Leverantören får inte underrätta { $whom } utan myndighetens samtycke.
may-not-yet-counsel = Det är inte klarlagt om leverantören får underrätta { $whom }. Så länge sker det inte.
may-nor-before = Det sker inte heller före { $until }.
next-tell = Underrätta { $whom }.
next-tell-with-effect = Underrätta { $whom } senast när begäran följs.
next-choose = En jurist avgör om { $whom } ska underrättas, och när. Vårt löfte är att underrätta så snart lagen tillåter det.
next-wait-for-end = Avvakta tills meddelandeförbudet upphör och pröva då frågan på nytt.
next-ask-for-renewal = Meddelandeförbudet upphör snart. Ta reda på om det förlängs, och begär rättens prövning av en förlängning om det finns skäl för det.
next-ask-for-end = Meddelandeförbudet har inget slutdatum. Begär ett sådant, eller begär rättens prövning.
next-ask-for-basis = Bestämmelsen ger inte stöd för förbudet. Fråga vad det grundas på och lämna inga uppgifter om begäran innan frågan är klarlagd.
next-ask-for-review = Meddela myndigheten att en domstol ska pröva meddelandeförbudet.
next-wait-for-danger = Lämna inga uppgifter om begäran så länge faran består. Anteckna när den är över och pröva då frågan på nytt.
next-verify = Ta först reda på om begäran är äkta.
next-authority-tells = Överlåt underrättelsen åt myndigheten.
next-ask-whether-told = Fråga myndigheten om den har underrättat kontoinnehavaren, och om leverantören får göra det.
next-ask-permission = Begär myndighetens samtycke till att underrätta { $whom }, och ett datum från vilket det får ske.
next-ask-counsel = Ingen tillförlitlig regel har hittats. Rådfråga jurist och lämna inga uppgifter om begäran så länge.
next-nothing = Ingenting: { $whom } har underrättats.

## The law between two days

diff-title = Gällande rätt { $from } och { $until } för denna begäran
diff-came = Bestämmelser som tillkom
diff-went = Bestämmelser som upphörde
diff-none = inga
diff-same = Samma svar båda dagarna
diff-nothing = För denna begäran är svaren desamma båda dagarna.
diff-parts = Svar
diff-others = { $count ->
    [0] Ingen annan bestämmelse.
    [one] Och { $count } bestämmelse som inte rör denna begäran.
   *[other] Och { $count } bestämmelser som inte rör denna begäran.
 }
