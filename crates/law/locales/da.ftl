# Sætningerne omkring reglerne, på dansk.

## Rules

effect-permit-disclose = Tillader udlevering.
effect-permit-preserve = Kræver eller tillader sikring; intet udleveres.
effect-forbid-disclose = Forbyder udlevering.
effect-forbid-preserve = Hindrer sikring.
effect-forbid-both = Forbyder udlevering og hindrer sikring.
label-effect = Virkning
label-says = Betydning
label-leads-to = Fører til
label-instead = I stedet
label-source = Kilde
label-in-force = Gælder
label-verified = Efterprøvet
label-advice = Bemærk
in-force-always = der er ikke noteret datoer
in-force-from = fra og med { $from }
in-force-until = til og med dagen før { $until }
in-force-between = fra og med { $from } til og med dagen før { $until }
verified-primary = kildeteksten er læst
verified-in-part = kildeteksten er læst delvist
verified-secondary = sekundær kilde
verified-not = ikke efterprøvet
verified-own = udbyderens egen regel
not-confirmed = ikke bekræftet af advokat
untranslated = [Ikke oversat.]
no-advice = Dette er ikke juridisk rådgivning. Udbyderens advokat afgør.
channel-blank = traktatvejen mellem de to lande
nothing-permits-instead = Ingen gældende regel, som udbyderen kender, tillader dette: angiv den bestemmelse, som anmodningen støttes på, eller send den afgørelse, som loven kræver for denne kategori af oplysninger.

## Dispositions

disposition-produce = udlever
disposition-preserve = sikr
disposition-narrow = begræns
disposition-reject = afvis
disposition-redirect-to-customer = henvis til kunden
disposition-redirect-to-treaty-channel = henvis til international retshjælp
disposition-challenge = gør indsigelse for retten
disposition-wait = afvent
disposition-no-data = ingen oplysninger

## Categories

category-subscriber = abonnentoplysninger
category-identification = oplysninger, der alene identificerer brugeren
category-traffic = trafikdata
category-content = indhold

## Instruments

instrument-search-warrant = ransagningskendelse (search warrant)
instrument-subpoena = pålæg (subpoena)
instrument-disclosure-order = retskendelse om udlevering
instrument-european-production-order = europæisk editionskendelse
instrument-european-preservation-order = europæisk sikringskendelse
instrument-mutual-legal-assistance-request = anmodning om international retshjælp
instrument-production-order = editionskendelse
instrument-court-decision = retskendelse
instrument-prosecutor-decision = anklagerens afgørelse
instrument-police-request = anmodning fra politiet
instrument-preservation-request = anmodning om sikring
instrument-emergency-request = hasteanmodning ved fare
instrument-national-security-letter = National Security Letter
instrument-foreign-intelligence-order = afgørelse efter FISA
instrument-european-investigation-order = europæisk efterforskningskendelse
instrument-preservation-order = pålæg om hastesikring
instrument-communications-data-notice = pålæg om kommunikationsdata
instrument-interception-warrant = kendelse om aflytning
instrument-digital-services-order = påbud efter forordningen om digitale tjenester

## Clocks: kinds, parties, units

clock-act-by = en pligt: skal opfyldes senest da
clock-claim-by = en ret: fortabt, hvis den ikke er udøvet senest da
clock-valid-until = gyldigt indtil da, ikke længere
clock-not-before = intet sker før da
clock-keep-until = oplysningerne opbevares indtil da
kind-notice = tavshed og underretning
party-provider = udbyderen
party-authority = myndigheden
party-enforcing-authority = fuldbyrdelsesmyndigheden
party-court = retten
party-account-holder = kontoindehaveren
label-kind = Art
label-period = Frist
label-party = Hvem
label-started-by = Løber fra
label-stopped-by = Ophører ved
label-paused-by = Suspenderes ved
label-open-ended-by = Mister sin udløbsdato ved
label-released-by = Bortfalder, når ubesvaret er udløbet
label-extension = Forlængelse
label-counting = Beregningsmåder
label-acted-on = Følges
label-who-tells = Hvem underretter
acted-on-earliest = den tidligste læsning, der ikke er tvivlsom
acted-on-latest = den seneste læsning, der ikke er tvivlsom
extension-times = med { $by }, { $times ->
    [1] én gang
   *[other] { $times } gange
 }, hvis der anmodes rettidigt
extension-any = med { $by } hver gang, der anmodes rettidigt
period-hours = { $count ->
    [1] 1 time
   *[other] { $count } timer
 }
period-days = { $count ->
    [1] 1 dag
   *[other] { $count } dage
 }
period-working-days = { $count ->
    [1] 1 arbejdsdag
   *[other] { $count } arbejdsdage
 }
period-months = { $count ->
    [1] 1 måned
   *[other] { $count } måneder
 }

## Ways of counting

counting-elapsed = forløbet tid fra tidspunktet, en dag regnet som 24 timer
counting-hour-excluded = begivenhedens time medregnes ikke
counting-day-included = begivenhedens dag er den første; udgangen af den sidste dag
counting-day-excluded = begivenhedens dag medregnes ikke; udgangen af den sidste dag
counting-rolled = flyttet til næste arbejdsdag (tvivlsomt; følges aldrig)
counting-stated = som afgørelsen angiver

## States of a clock

state-running = løber
state-paused = suspenderet; vist, som om suspensionen ophørte nu
state-passed = UDLØBET
state-done = ophørt: { $by }, { $at }
state-open-ended = ingen udløbsdato længere: { $by }
state-released = bortfaldet: { $by } udløb ubesvaret

## Remarks on a clock

remark-extension-too-late = En forlængelse blev begæret for sent, { $at }, og medregnes ikke.
remark-extension-too-many = Der blev begæret en forlængelse mere, end bestemmelsen giver, { $at }.
remark-too-late = For sent: { $what }, { $at }.
remark-no-calendar = Der er ingen kalender for { $country }: dens dage tælles ikke.
remark-no-holidays = Helligdagene i { $country } er ikke indført: læsninger efter arbejdsdage mangler.
remark-day-only = Kun dagen er kendt; dagens begyndelse er lagt til grund.

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
moment-cleared = fuldbyrdelsesmyndighedens meddelelse om, at intet afslag påberåbes
moment-refused = en afslagsgrund påberåbt af fuldbyrdelsesmyndigheden
moment-clarification-asked = anmodningen om præcisering
moment-clarified = præciseringen
moment-objected = indsigelsen eller begæringen
moment-review-started = rettens prøvelse af indsigelsen
moment-review-ended = prøvelsens afslutning
moment-enforcement-requested = anmodningen om fuldbyrdelse
moment-enforcement-decided = afgørelsen om fuldbyrdelse
moment-produced = udleveringen af oplysningerne
moment-extended = begæringen om forlængelse
moment-production-requested = bekræftelsen af, at en anmodning om udlevering er udstedt
moment-no-longer-needed = meddelelsen om, at oplysningerne ikke længere behøves
moment-backup-ordered = pålægget om at lave en sikkerhedskopi
moment-backup-confirmed = bekræftelsen af sikkerhedskopien
moment-customer-told = myndighedens underretning af kontoindehaveren
moment-customer-challenged = kontoindehaverens begæring
moment-notice-delayed = tilladelsen til at udsætte myndighedens underretning
moment-secrecy-contested = udbyderens meddelelse om, at en ret skal prøve tavshedspålægget
moment-secrecy-applied = myndighedens begæring om et tavshedspålæg
moment-court-review-asked = begæringen om rettens prøvelse
moment-investigation-ended = efterforskningens afslutning
moment-stated-end = den udløbsdato, som afgørelsen angiver

## Secrecy and notice

teller-authority = myndigheden
teller-provider = udbyderen
teller-nobody = ingen har pligt til det
may-yes = Udbyderen må underrette kontoindehaveren.
may-must = Udbyderen skal underrette kontoindehaveren.
may-no = Udbyderen må ikke underrette kontoindehaveren; ingen udløbsdato kendes.
may-no-until = Udbyderen må ikke underrette kontoindehaveren før { $until }.
next-tell = Underret kontoindehaveren.
next-wait-and-tell = Afvent, at tavshedspålægget ophører, og underret da kontoindehaveren.
next-renewal-or-tell = Tavshedspålægget ophører snart: find ud af, om det forlænges; indbring en forlængelse for retten, eller underret kontoindehaveren.
next-ask-for-end = Tavshedspålægget angiver ingen udløbsdato: bed om en, eller indbring det for retten.
next-ask-for-basis = Bestemmelsen bærer ikke den tavshed, der kræves: spørg, hvad den støttes på, og ti stille, indtil det er afklaret.
next-ask-for-review = Meddel myndigheden, at en ret skal prøve tavshedspålægget.
next-authority-tells = Overlad det til myndigheden.
next-ask-whether-told = Spørg myndigheden, om den har underrettet kontoindehaveren, og om udbyderen må.
next-ask-permission = Bed den anmodende myndighed om tilladelse til at underrette kontoindehaveren og om en dato, fra hvilken det må ske.
next-ask-counsel = Der er ikke fundet nogen regel at forlade sig på: spørg advokat, og ti stille indtil da.

## The memo

memo-title = NOTAT TIL SAGEN
memo-date = Udarbejdet
memo-case = Sag
memo-law-as-of = Retten pr.
memo-law-digest = Lovpakker
memo-demand = Anmodning
memo-reference = Reference
memo-authority = Myndighed
memo-not-verified = Det er ikke efterprøvet, at anmodningen kommer fra denne myndighed: intet udleveres.
memo-instrument = Retsakt
memo-instrument-text = { $kind } ({ $country }) efter { $provision }, udstedt { $issued } af { $by }
memo-addressee = Rettet til
memo-offence = Lovovertrædelse
memo-emergency = Påstået fare
memo-period = Anmodet periode
memo-period-text = fra og med { $from } til, men ikke med, { $until }
memo-secrecy = Krævet tavshed
memo-secrecy-end = { $provision }, indtil { $until }
memo-secrecy-no-end = { $provision }, uden udløbsdato
memo-summary = SAMMENFATNING
memo-next-due = Næste frist
memo-findings = VURDERING
memo-part = { $category } om { $identifier }
memo-part-in = { $category } om { $identifier }, lagret i { $region } ({ $country })
memo-finding = Konklusion
memo-because-permits = Tilladt, fordi
memo-because-forbids = Forbudt, fordi
memo-overridden = Ville ellers være tilladt, fordi
memo-nothing-permits = Ingen gældende regel tillader det, og uden en sådan foretages intet.
memo-instead = Hvad myndigheden kan gøre i stedet
memo-note = Bemærkning
memo-clocks = FRISTER
memo-no-clocks = Ingen frist, som lovpakkerne kender, løber.
memo-no-receipt = Tidspunktet for modtagelsen er ikke noteret: frister, der løber fra den, mangler her (--moment received=TIDSPUNKT).
memo-clock-operative = følg { $at }
memo-clock-no-end = ingen udløbsdato
memo-clock-started = Løber fra { $by }, { $at }
memo-clock-suspended = Suspenderet ved { $by } siden { $since }
memo-clock-suspended-until = Suspenderet ved { $by } fra { $since } til { $until }
memo-clock-extended = Forlænget { $times } gange
memo-notice = UNDERRETNING AF KONTOINDEHAVEREN
memo-who-tells = Hvem underretter
memo-next-step = Dernæst
memo-untranslated = Sætninger, der er mærket som ikke oversat, står på engelsk, som lovpakkerne formulerer dem.

## The law between two days

diff-title = Hvad der ændrede sig mellem { $from } og { $until } for denne anmodning
diff-came = Regler, der kom til
diff-went = Regler, der bortfaldt
diff-none = ingen
diff-same = samme konklusion
diff-parts = Konklusioner
