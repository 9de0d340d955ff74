# Meningarna omkring reglerna, på svenska.

## Rules

effect-permit-disclose = Tillåter att uppgifter lämnas ut.
effect-permit-preserve = Kräver eller tillåter att uppgifter bevaras; ingenting lämnas ut.
effect-forbid-disclose = Förbjuder att uppgifter lämnas ut.
effect-forbid-preserve = Hindrar att uppgifter bevaras.
effect-forbid-both = Förbjuder att uppgifter lämnas ut och hindrar att de bevaras.
label-effect = Verkan
label-says = Innebörd
label-leads-to = Leder till
label-instead = I stället
label-source = Källa
label-in-force = Gäller
label-verified = Kontrollerat
label-advice = Anmärkning
in-force-always = inga datum är antecknade
in-force-from = från och med { $from }
in-force-until = till och med dagen före { $until }
in-force-between = från och med { $from } till och med dagen före { $until }
verified-primary = källtexten har lästs
verified-in-part = källtexten har lästs i delar
verified-secondary = andrahandskälla
verified-not = ej kontrollerat
verified-own = leverantörens egen regel
not-confirmed = inte bekräftat av advokat
untranslated = [Inte översatt.]
no-advice = Detta är inte juridisk rådgivning. Leverantörens juridiska ombud avgör.
channel-blank = fördragsvägen mellan de båda länderna
nothing-permits-instead = Ingen regel som leverantören känner till och som är i kraft tillåter detta: ange den bestämmelse som begäran grundas på, eller sänd det beslut som lagen kräver för den kategorin av uppgifter.

## Dispositions

disposition-produce = lämna ut
disposition-preserve = bevara
disposition-narrow = begränsa
disposition-reject = avslå
disposition-redirect-to-customer = hänvisa till kunden
disposition-redirect-to-treaty-channel = hänvisa till internationell rättslig hjälp
disposition-challenge = invänd inför domstol
disposition-wait = avvakta
disposition-no-data = inga uppgifter

## Categories

category-subscriber = abonnentuppgifter
category-identification = uppgifter som enbart identifierar användaren
category-traffic = trafikuppgifter
category-content = innehåll

## Instruments

instrument-search-warrant = husrannsakningsorder (search warrant)
instrument-subpoena = föreläggande (subpoena)
instrument-disclosure-order = domstolsföreläggande om utlämnande
instrument-european-production-order = europeisk utlämnandeorder
instrument-european-preservation-order = europeisk bevarandeorder
instrument-mutual-legal-assistance-request = ansökan om internationell rättslig hjälp
instrument-production-order = domstols editionsföreläggande
instrument-court-decision = domstolsbeslut
instrument-prosecutor-decision = åklagarbeslut
instrument-police-request = begäran från polisen
instrument-preservation-request = begäran om bevarande
instrument-emergency-request = brådskande begäran vid fara
instrument-national-security-letter = National Security Letter
instrument-foreign-intelligence-order = beslut enligt FISA
instrument-european-investigation-order = europeisk utredningsorder
instrument-preservation-order = bevarandeföreläggande
instrument-communications-data-notice = föreläggande om kommunikationsuppgifter
instrument-interception-warrant = tillstånd till avlyssning
instrument-digital-services-order = föreläggande enligt förordningen om digitala tjänster

## Clocks: kinds, parties, units

clock-act-by = en skyldighet: ska fullgöras senast då
clock-claim-by = en rätt: förlorad om den inte utövats senast då
clock-valid-until = giltigt till dess, inte längre
clock-not-before = ingenting sker före dess
clock-keep-until = uppgifterna bevaras till dess
kind-notice = tystnad och underrättelse
party-provider = leverantören
party-authority = myndigheten
party-enforcing-authority = den verkställande myndigheten
party-court = domstolen
party-account-holder = kontohavaren
label-kind = Slag
label-period = Frist
label-party = Vem
label-started-by = Börjar löpa genom
label-stopped-by = Upphör genom
label-paused-by = Avbryts tillfälligt genom
label-open-ended-by = Förlorar sitt slut genom
label-released-by = Upphör om utan svar löpt ut
label-extension = Förlängning
label-counting = Beräkningssätt
label-acted-on = Följs
label-who-tells = Vem underrättar
acted-on-earliest = den tidigaste läsning som inte är tveksam
acted-on-latest = den senaste läsning som inte är tveksam
extension-times = med { $by }, { $times ->
    [1] en gång
   *[other] { $times } gånger
 }, om den begärs i tid
extension-any = med { $by } varje gång den begärs i tid
period-hours = { $count ->
    [1] 1 timme
   *[other] { $count } timmar
 }
period-days = { $count ->
    [1] 1 dag
   *[other] { $count } dagar
 }
period-working-days = { $count ->
    [1] 1 arbetsdag
   *[other] { $count } arbetsdagar
 }
period-months = { $count ->
    [1] 1 månad
   *[other] { $count } månader
 }

## Ways of counting

counting-elapsed = förfluten tid från ögonblicket, en dag räknad som 24 timmar
counting-hour-excluded = händelsens timme räknas inte
counting-day-included = händelsens dag är den första; slutet av den sista dagen
counting-day-excluded = händelsens dag räknas inte; slutet av den sista dagen
counting-rolled = flyttad till nästa arbetsdag (tveksamt; följs aldrig)
counting-stated = enligt vad beslutet anger

## States of a clock

state-running = löper
state-paused = tillfälligt avbruten; visas som om avbrottet upphörde nu
state-passed = UTLÖPT
state-done = upphörd: { $by }, { $at }
state-open-ended = inget slut längre: { $by }
state-released = upphörd: { $by } löpte ut utan svar

## Remarks on a clock

remark-extension-too-late = En förlängning begärdes för sent, { $at }, och räknas inte.
remark-extension-too-many = En förlängning mer än bestämmelsen medger begärdes { $at }.
remark-too-late = För sent: { $what }, { $at }.
remark-no-calendar = Det finns ingen kalender för { $country }: dess dagar räknas inte.
remark-no-holidays = Helgdagarna i { $country } är inte införda: läsningar efter arbetsdagar saknas.
remark-day-only = Endast dagen är känd; dagens början har lagts till grund.

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
moment-cleared = beskedet från den verkställande myndigheten att inget hinder åberopas
moment-refused = en vägransgrund åberopad av den verkställande myndigheten
moment-clarification-asked = begäran om förtydligande
moment-clarified = förtydligandet
moment-objected = invändningen eller ansökan
moment-review-started = domstolens prövning av invändningen
moment-review-ended = prövningens slut
moment-enforcement-requested = begäran om verkställighet
moment-enforcement-decided = beslutet om verkställighet
moment-produced = utlämnandet av uppgifterna
moment-extended = begäran om förlängning
moment-production-requested = bekräftelsen att en begäran om utlämnande har utfärdats
moment-no-longer-needed = beskedet att uppgifterna inte längre behövs
moment-backup-ordered = föreläggandet att göra en säkerhetskopia
moment-backup-confirmed = bekräftelsen av säkerhetskopian
moment-customer-told = myndighetens underrättelse till kontohavaren
moment-customer-challenged = kontohavarens ansökan
moment-notice-delayed = tillståndet att skjuta upp myndighetens underrättelse
moment-secrecy-contested = leverantörens besked att en domstol ska pröva tystnadsplikten
moment-secrecy-applied = myndighetens ansökan om beslut om tystnadsplikt
moment-court-review-asked = begäran om domstolens prövning
moment-investigation-ended = förundersökningens slut
moment-stated-end = det slut som beslutet anger

## Secrecy and notice

teller-authority = myndigheten
teller-provider = leverantören
teller-nobody = ingen är skyldig att göra det
may-yes = Leverantören får underrätta kontohavaren.
may-must = Leverantören ska underrätta kontohavaren.
may-no = Leverantören får inte underrätta kontohavaren; något slut är inte känt.
may-no-until = Leverantören får inte underrätta kontohavaren före { $until }.
next-tell = Underrätta kontohavaren.
next-wait-and-tell = Avvakta tills tystnadsplikten upphör och underrätta kontohavaren då.
next-renewal-or-tell = Tystnadsplikten upphör snart: ta reda på om den förlängs; begär prövning av en förlängning, eller underrätta kontohavaren.
next-ask-for-end = Beslutet om tystnadsplikt anger inget slut: begär ett slutdatum, eller begär prövning.
next-ask-for-basis = Bestämmelsen ger inte stöd för den tystnad som krävs: fråga vad den grundas på, och tig tills det är utrett.
next-ask-for-review = Meddela myndigheten att en domstol ska pröva tystnadsplikten.
next-authority-tells = Överlåt det åt myndigheten.
next-ask-whether-told = Fråga myndigheten om den har underrättat kontohavaren, och om leverantören får göra det.
next-ask-permission = Begär den begärande myndighetens tillåtelse att underrätta kontohavaren, och ett datum från vilket det får ske.
next-ask-counsel = Ingen regel att lita på har hittats: fråga advokat, och tig till dess.

## The memo

memo-title = PROMEMORIA TILL AKTEN
memo-date = Upprättad
memo-case = Ärende
memo-law-as-of = Rätten per den
memo-law-digest = Lagpaket
memo-demand = Begäran
memo-reference = Referens
memo-authority = Myndighet
memo-not-verified = Det är inte kontrollerat att begäran kommer från denna myndighet: ingenting lämnas ut.
memo-instrument = Rättsakt
memo-instrument-text = { $kind } ({ $country }) enligt { $provision }, utfärdad { $issued } av { $by }
memo-addressee = Riktad till
memo-offence = Brott
memo-emergency = Påstådd fara
memo-period = Begärd tidsperiod
memo-period-text = från och med { $from } till, men inte med, { $until }
memo-secrecy = Begärd tystnadsplikt
memo-secrecy-end = { $provision }, till { $until }
memo-secrecy-no-end = { $provision }, utan slut
memo-summary = SAMMANFATTNING
memo-next-due = Nästa frist
memo-findings = BEDÖMNING
memo-part = { $category } om { $identifier }
memo-part-in = { $category } om { $identifier }, som lagras i { $region } ({ $country })
memo-finding = Slutsats
memo-because-permits = Tillåtet eftersom
memo-because-forbids = Otillåtet eftersom
memo-overridden = Vore annars tillåtet eftersom
memo-nothing-permits = Ingen gällande regel tillåter det, och utan en sådan vidtas ingen åtgärd.
memo-instead = Vad myndigheten kan göra i stället
memo-note = Anmärkning
memo-clocks = FRISTER
memo-no-clocks = Ingen frist som lagpaketen känner till löper.
memo-no-receipt = Tidpunkten för mottagandet är inte antecknad: frister som börjar löpa då saknas här (--moment received=TIDPUNKT).
memo-clock-operative = att följa: { $at }
memo-clock-no-end = inget slut
memo-clock-started = Började löpa genom { $by }, { $at }
memo-clock-suspended = Tillfälligt avbruten genom { $by } sedan { $since }
memo-clock-suspended-until = Tillfälligt avbruten genom { $by } från { $since } till { $until }
memo-clock-extended = Förlängd { $times } gånger
memo-notice = UNDERRÄTTELSE TILL KONTOHAVAREN
memo-who-tells = Vem underrättar
memo-next-step = Härnäst
memo-untranslated = Meningar som är märkta som inte översatta står på engelska, som lagpaketen formulerar dem.

## The law between two days

diff-title = Vad som ändrades mellan { $from } och { $until } för denna begäran
diff-came = Regler som tillkom
diff-went = Regler som föll bort
diff-none = inga
diff-same = samma slutsats
diff-parts = Slutsatser
