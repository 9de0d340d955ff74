# De breve, som udbyderen skriver, på dansk.

## Kinds

letter-kind-acknowledgement = Kvittering for modtagelse
letter-kind-question = Spørgsmål
letter-kind-refusal = Efterkommes ikke
letter-kind-narrowing = Udleveres delvist
letter-kind-redirect = Henvisning
letter-kind-challenge = Indsigelse
letter-kind-annex-iii = Bilag III til forordning (EU) 2023/1543
letter-kind-no-data = Ingen oplysninger
letter-kind-production = Følgebrev til udleverede oplysninger
letter-kind-notice = Underretning til kontoindehaveren
letter-kind-secrecy-end = Anmodning om ophævelse af tavshedspålægget

## Why a case cannot have one

no-letter-not-described = Anmodningen er endnu ikke beskrevet, så ingen ved, hvem brevet skal til.
no-letter-not-verified = Ingen har kontrolleret, at anmodningen kommer fra myndigheden.
no-letter-not-decided = Der er endnu ikke truffet afgørelse om anmodningen.
no-letter-no-such-answer = Ingen del af anmodningen besvares på den måde.
no-letter-no-certificate = Anmodningen er ikke et certifikat efter forordning (EU) 2023/1543.
no-letter-not-found-empty = Ingen søgning er afsluttet, uden at noget blev fundet eller tilbageholdt.
no-letter-nothing-produced = Der er ikke udtrukket oplysninger, som kan udleveres.
no-letter-no-secrecy = Anmodningen indeholder intet pålæg om tavshedspligt.
no-letter-secrecy-ended = Pålægget om tavshedspligt er bortfaldet.
no-letter-no-account = Anmodningen vedrører ingen konto, som en person har her.
no-letter-already-told = Kontoindehaveren er underrettet.
no-letter-closed = Sagen er afsluttet.
no-letter-must-not-tell = Udbyderen må ikke underrette { $whom }.

## What all have

letter-from = Fra
letter-to = Til
letter-date = Dato
letter-case = Vores sag
letter-reference = Jeres reference
letter-instrument = Jeres dokument
letter-issued = { $what }, { $day }
letter-closing = For { $provider }
letter-fill-in = [[Udfyld: { $what }.]]
letter-part = { $what } – { $answer }
letter-why = Begrundelse: { $why }
letter-provision = { $says } ({ $cite })
letter-instead = Hvad I kan gøre i stedet: { $instead }
letter-reason-blank = begrundelsen
letter-rest = Resten af jeres anmodning
letter-rest-unanswered = endnu ikke besvaret.
letter-rest-apart = besvares særskilt.
letter-rest-handed-over = udleveret.
letter-contact = Skriv til os, hvis noget i brevet er uklart, og oplys vores sagsnummer.

## One by one

letter-acknowledgement-title = Jeres anmodning er modtaget
letter-acknowledgement-received = Vi modtog jeres anmodning { $at }. Vi behandler den og besvarer hver del.
letter-acknowledgement-verify = Før noget besvares, bekræfter vi hos jeres myndighed, på et nummer som vi selv har, at anmodningen er jeres.
letter-question-title = Et spørgsmål til jeres anmodning
letter-question-lead = Vi kan ikke besvare anmodningen, som den er, eller ikke hele anmodningen.
letter-question-part = noget mangler eller er uklart.
letter-question-not-looked-up = kan ikke findes frem her: vi ved ikke, om der er noget.
letter-question-blank = hvad I har brug for at vide
letter-refusal-title = Svar på jeres anmodning: efterkommes ikke
letter-refusal-lead = Vi efterkommer ikke følgende.
letter-refusal-part = efterkommes ikke.
letter-refusal-stranger = Vi har ikke kunnet bekræfte, at anmodningen kommer fra den, der angives som afsender. Vi efterkommer den derfor ikke og siger intet om, hvorvidt der findes oplysninger.
letter-refusal-stranger-way = Er anmodningen jeres, så kontakt os på en måde, som I selv har offentliggjort, og oplys referencen ovenfor.
letter-narrowing-title = Svar på jeres anmodning: udleveres delvist
letter-narrowing-lead = Vi efterkommer kun jeres anmodning i følgende omfang.
letter-narrowing-part = udleveres kun delvist.
letter-narrowing-none = udleveres ikke.
letter-narrowing-only = Kun dette: { $what }.
letter-narrowing-receipt = Kun det, der var lagret, da jeres anmodning blev modtaget.
letter-redirect-title = Svar på jeres anmodning: henvisning
letter-redirect-lead = Vi udleverer ikke følgende. I kan anmode om det på en anden måde.
letter-redirect-lead-preserve = Vi sikrer ikke følgende på jeres anmodning. I kan anmode om det på en anden måde.
letter-redirect-customer = udleveres ikke; henvend jer til kunden, som er dataansvarlig.
letter-redirect-customer-blank = kundens navn og kontaktperson
letter-redirect-treaty = udleveres ikke; anmod om det ad denne vej: { $channel }.
letter-redirect-preserve-way = sikres ikke, og intet udleveres; anmod om det ad denne vej: { $channel }.
letter-redirect-preserve = sikres ikke, og intet udleveres.
letter-challenge-title = Svar på jeres anmodning: vi anmoder om prøvelse
letter-challenge-lead = Vi gør indsigelse mod følgende og beder den, der skal afgøre spørgsmålet, om at prøve det. Indtil det er afgjort, udleveres intet af dette.
letter-challenge-part = udleveres ikke; vi gør indsigelse.
letter-challenge-conflict = Dette ville tillade det: { $says } ({ $cite })
letter-no-data-title = Svar på jeres anmodning: intet fundet
letter-no-data-lead = Vi har søgt efter følgende. Søgningen er afsluttet og gav intet at udlevere. Hvor der er søgt, og hvad der ikke kunne læses, fremgår af den underskrevne redegørelse i den forseglede pakke.
letter-no-data-part = intet fundet.
letter-production-title = Svar på jeres anmodning: oplysninger udleveres
letter-production-lead = De oplysninger, der hører til dette brev, kommer i forseglede pakker, hver med en underskrevet kvittering. Kun den, der har nøglen, kan åbne dem.
letter-production-lead-passphrase = De oplysninger, der hører til dette brev, kommer i forseglede pakker, hver med en underskrevet kvittering. De åbnes med en adgangsfrase. En af os ringer til jer på det nummer, vi har på myndigheden, og oplyser den; vi oplyser den aldrig til nogen, der ringer til os.
letter-production-sealed = Forseglet til
letter-production-items = Indhold
letter-production-withheld = Tilbageholdt til gennemgang
letter-production-package = Pakkens SHA-256
letter-production-parts = Hvad pakkerne besvarer
letter-production-nothing = gennemsøgt; intet blev fundet.
letter-production-not-complete = intet af det findes i pakkerne; ikke alt kunne gennemsøges.
letter-production-open = Hver pakke begynder med SUMMARY.txt: hvad der er søgt, hvad der blev fundet, og hvordan det kan kontrolleres. Bekræft gerne, at I har modtaget dem, og sig til, hvis noget ikke kan åbnes.
letter-secrecy-end-title = Anmodning om ophævelse af pålægget om tavshedspligt
letter-secrecy-end-lead = Efter jeres anmodning må vi ikke underrette kontoindehaveren: { $provision }.
letter-secrecy-end-lead-order = Efter pålægget om tavshedspligt af { $day } ({ $issuer }, { $provision }) må vi ikke underrette kontoindehaveren.
letter-secrecy-end-none = Der er ikke angivet nogen slutdato. Vi beder jer om at angive en eller at få pålægget ophævet, hvis der ikke længere er brug for det.
letter-secrecy-end-until = Pålægget bortfalder { $until }. Vi beder jer om at få det ophævet nu, hvis der ikke længere er brug for det.
letter-secrecy-end-ask = Hvis det fortsat er nødvendigt, beder vi jer om at sende os afgørelsen med begrundelse og slutdato. Oplys også, om I selv har underrettet kontoindehaveren.
letter-secrecy-end-ask-until = Hvis det fortsat er nødvendigt, beder vi jer om at sende os afgørelsen med begrundelse. Oplys også, om I selv har underrettet kontoindehaveren.
letter-notice-title = En myndighed har anmodet om oplysninger om din konto
letter-notice-account = Din konto
letter-notice-lead = { $authority } ({ $country }) har anmodet { $provider } om oplysninger om din konto.
letter-notice-preserve = { $authority } ({ $country }) har anmodet { $provider } om at sikre oplysninger om din konto. Alene af den grund udleveres intet.
letter-notice-basis = Grundlag: { $what } af { $day } ({ $provision }). Myndighedens reference: { $reference }.
letter-notice-secrecy = Vi måtte ikke underrette dig før { $until }.
letter-notice-parts = Hvad der blev anmodet om, og hvad der skete
letter-notice-handed-over = er udleveret til myndigheden.
letter-notice-nothing = intet blev fundet.
letter-notice-refused = er ikke udleveret.
letter-notice-withdrawn = er ikke udleveret; myndigheden har trukket sin anmodning tilbage.
letter-notice-granted = skal udleveres.
letter-notice-not-complete = intet er udleveret; ikke alt kunne gennemsøges.
letter-notice-kept = intet udleveres.
letter-notice-open = endnu ikke besvaret.
letter-notice-reasons = Begrundelse og klagemuligheder
letter-notice-reasons-blank = begrundelsen for anmodningen og for det, udbyderen gjorde
letter-notice-redress-blank = de klagemuligheder, som anmodningen angiver
letter-notice-do = Hvad du kan gøre
letter-notice-do-ask = Du kan skrive til os og spørge, hvad der er udleveret; oplys vores sagsnummer. Du kan spørge myndigheden eller en advokat, hvordan afgørelsen kan prøves.
letter-notice-genuine = Sådan ved du, at brevet er vores
letter-notice-check = Åbn { $address }, og skriv disse fire ord. Du behøver ingen konto, og vi spørger aldrig om din adgangskode.
letter-notice-check-ask = Kontakt os ad en vej, du allerede kender, og oplys disse fire ord. Vi spørger aldrig om din adgangskode.

## Annex III

annex-not-compared = Formularens ordlyd er endnu ikke sammenlignet med Den Europæiske Unions Tidende.
annex-for = vedrører: { $parts }
annex-tick-law = om den beskytter grundlæggende rettigheder, national sikkerhed og forsvar eller noget andet
annex-preserved = sæt ét kryds; angiv kun, at oplysningerne sikres, hvis det er tilfældet
annex-none = intet

## Elsewhere

refusal-letter-invisible = Brevet indeholder tegn, som ingen ser. Fjern dem; det hjælper at skrive teksten igen.
refusal-letter-unfinished = Noget i brevet mangler endnu at blive udfyldt: det står i dobbelte kantede parenteser.
refusal-letter-without-code = En underretning skal indeholde fire ord, som læseren kan kontrollere den med. Tag udgangspunkt i den foreslåede tekst.
refusal-letter-code-used = De fire ord står allerede i et andet brev. Få underretningen foreslået på ny.
refusal-letter-to-account = Brevet ville gå til en konto, som anmodningen vedrører, og dens indehaver må ikke underrettes ved det.
refusal-letter-names-another = En underretning nævner ingen anden konto, som anmodningen vedrører. Fjern den.
refusal-no-such-letter = Der er ikke sendt noget sådant brev i sagen.
refusal-letter-not-by-itself = Brevet kan ikke sendes herfra på den måde. Send det selv, og registrér, at det er sendt.
refusal-letter-without-address = Skriv én mailadresse til modtageren.
refusal-no-letter = { $kind }: ikke nu. { $why }
field-to = modtageren
field-text = teksten
event-letter-sent = brev sendt
event-letter = { $kind }, sendt til { $to } ({ $by }); SHA-256 { $digest }
event-letter-taken = { $kind }, sendt til { $to } ({ $by }): modtaget af mailserveren ({ $code }) som { $name }; SHA-256 { $digest }
event-letter-waiting = { $kind } til { $to } ({ $by }): venter på at blive sendt; SHA-256 { $digest }
event-letter-given-up = brevet er ikke sendt: { $why }. Send det igen, eller send det selv, og registrér det.
event-letter-waits = brev venter
event-letter-not-sent = brev ikke sendt

## On the web

web-tab-letters = Breve
web-done-letter-sent = Brevet er registreret som sendt.
web-done-letter-waits = Brevet venter på at blive sendt. Det registreres som sendt, når mailserveren har modtaget det.
web-letters-waiting = Undervejs
letters-of-case = Sag { $case }: breve
letters-waiting = Venter på at blive sendt, eller ikke sendt
web-letters-waits = Venter på at blive sendt
web-letters-given-up = Ikke sendt: { $why }.
web-letters-given-up-way = Skriv det igen, og send det på ny, eller send det selv, og registrér, at det er sendt.
web-letters-taken = Modtaget af mailserveren ({ $code }) som { $name }
web-letters-send-door = Send: læg det ved myndighedsindgangen, og underret sagsbehandleren dér pr. e-mail
web-letters-send-door-means = I mailen står kun, at der er noget at hente. Brevet læses efter login.
web-letters-send-mail = Send som almindelig e-mail
web-letters-send-mail-means = Indstillingerne tillader breve af denne slags i almindelig e-mail. Enhver på vejen kan læse det.
web-letters-by-hand = Jeg har selv sendt det
web-letters-write = Breve, der kan skrives nu
web-letters-none = Ingen.
web-letters-not-now = Ikke nu
web-letters-sent = Sendt
web-letters-none-sent = Der er ikke sendt noget brev i sagen.
web-letters-in-en = Engelsk
web-letters-in-sv = Svensk
web-letters-in-da = Dansk
web-letters-text = Tekst
web-letters-text-hint = Det, der kommer fra sagen, er foreslået; teksten er din. Tomme linjer adskiller afsnit, en linje bindestreger under en linje gør den til overskrift, bindestreger giver en liste. Det, der står i dobbelte kantede parenteser, skal udfyldes.
web-letters-keep = Gem og forhåndsvis
web-letters-anew = Foreslå på ny
web-letters-to = Til
web-letters-to-hint = Navn og adresse som på brevet.
web-letters-by = Sendt
web-letters-sent-means = Registrér det, når det er sendt. Den nøjagtige tekst gemmes med sagen, og dens kontrolsum står i sagens hændelser.
web-letters-record = Registrér som sendt
web-letters-preview = Forhåndsvisning
web-letters-take = Hent teksten
web-letters-pdf = PDF
web-letters-no-pdf = Programmet er bygget uden PDF. Teksten kan hentes og udskrives.
web-letters-no-glyph = Brevenes skrifttype har ikke “{ $sign }”. Skriv det på en anden måde, eller hent teksten.
