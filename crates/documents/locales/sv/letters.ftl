# Breven som leverantören skriver, på svenska.

## Kinds

letter-kind-acknowledgement = Mottagningsbekräftelse
letter-kind-question = Fråga
letter-kind-refusal = Efterkoms inte
letter-kind-narrowing = Lämnas ut delvis
letter-kind-redirect = Hänvisning
letter-kind-challenge = Bestridande
letter-kind-annex-iii = Bilaga III till förordning (EU) 2023/1543
letter-kind-no-data = Inga uppgifter
letter-kind-production = Följebrev till utlämnade uppgifter
letter-kind-notice = Underrättelse till kontoinnehavaren
letter-kind-secrecy-end = Begäran om att meddelandeförbudet hävs

## Why a case cannot have one

no-letter-not-described = Begäran är inte beskriven ännu, så ingen vet vem brevet ska gå till.
no-letter-not-verified = Ingen har kontrollerat att begäran kommer från myndigheten.
no-letter-not-decided = Begäran är inte beslutad ännu.
no-letter-no-such-answer = Ingen del av begäran besvaras så.
no-letter-no-certificate = Begäran är inget intyg enligt förordning (EU) 2023/1543.
no-letter-not-found-empty = Ingen sökning har avslutats utan att något hittades eller hölls inne.
no-letter-nothing-produced = Inga uppgifter har tagits ut som får lämnas ut.
no-letter-no-secrecy = Begäran innehåller inget meddelandeförbud.
no-letter-secrecy-ended = Meddelandeförbudet har upphört att gälla.
no-letter-no-account = Begäran rör inget konto som någon person har här.
no-letter-already-told = Kontoinnehavaren är underrättad.
no-letter-closed = Ärendet är avslutat.
no-letter-must-not-tell = Leverantören får inte underrätta { $whom }.

## What all have

letter-from = Från
letter-to = Till
letter-date = Datum
letter-case = Vårt ärende
letter-reference = Er beteckning
letter-instrument = Er handling
letter-issued = { $what }, { $day }
letter-closing = För { $provider }
letter-fill-in = [[Fyll i: { $what }.]]
letter-part = { $what } – { $answer }
letter-why = Skäl: { $why }
letter-provision = { $says } ({ $cite })
letter-instead = Vad ni kan göra i stället: { $instead }
letter-reason-blank = skälet
letter-rest = Övrigt i er begäran
letter-rest-unanswered = ännu inte besvarat.
letter-rest-apart = besvaras särskilt.
letter-rest-handed-over = utlämnat.
letter-contact = Skriv till oss om något i brevet är oklart, och ange vårt ärendenummer.

## One by one

letter-acknowledgement-title = Er begäran har kommit in
letter-acknowledgement-received = Er begäran kom in till oss { $at }. Vi prövar den och besvarar varje del.
letter-acknowledgement-verify = Innan något besvaras kontrollerar vi med er myndighet, på ett nummer som vi själva har, att begäran är er.
letter-question-title = En fråga om er begäran
letter-question-lead = Vi kan inte besvara begäran som den är, eller inte hela.
letter-question-part = något saknas eller är oklart.
letter-question-not-looked-up = kan inte sökas fram här: vi vet inte om det finns något.
letter-question-blank = vad ni behöver få veta
letter-refusal-title = Svar på er begäran: efterkoms inte
letter-refusal-lead = Vi efterkommer inte följande.
letter-refusal-part = efterkoms inte.
letter-refusal-stranger = Vi har inte kunnat bekräfta att begäran kommer från den som anges som avsändare. Vi efterkommer den därför inte och säger inget om huruvida det finns några uppgifter.
letter-refusal-stranger-way = Är begäran er, kontakta oss på ett sätt som ni själva har offentliggjort och ange beteckningen ovan.
letter-narrowing-title = Svar på er begäran: lämnas ut delvis
letter-narrowing-lead = Vi efterkommer er begäran endast i följande omfattning.
letter-narrowing-part = lämnas ut endast delvis.
letter-narrowing-none = lämnas inte ut.
letter-narrowing-only = Endast detta: { $what }.
letter-narrowing-receipt = Endast det som var lagrat när er begäran kom in.
letter-redirect-title = Svar på er begäran: hänvisning
letter-redirect-lead = Vi lämnar inte ut följande. Det kan begäras på ett annat sätt.
letter-redirect-lead-preserve = Vi bevarar inte följande på er begäran. Det kan begäras på ett annat sätt.
letter-redirect-customer = lämnas inte ut; vänd er till kunden, som är personuppgiftsansvarig.
letter-redirect-customer-blank = kundens namn och kontaktperson
letter-redirect-treaty = lämnas inte ut; begär det så här: { $channel }.
letter-redirect-preserve-way = bevaras inte, och inget lämnas ut; begär det så här: { $channel }.
letter-redirect-preserve = bevaras inte, och inget lämnas ut.
letter-challenge-title = Svar på er begäran: vi begär prövning
letter-challenge-lead = Vi bestrider följande och begär att den som har att avgöra frågan prövar det. Till dess att det är avgjort lämnas inget av detta ut.
letter-challenge-part = lämnas inte ut; bestrids.
letter-challenge-conflict = Detta skulle tillåta det: { $says } ({ $cite })
letter-no-data-title = Svar på er begäran: inget hittades
letter-no-data-lead = Vi har sökt efter följande. Sökningen är slutförd och gav inget att lämna ut. Var det har sökts och vad som inte kunde läsas framgår av den undertecknade redogörelsen i det förseglade paketet.
letter-no-data-part = inget hittades.
letter-production-title = Svar på er begäran: uppgifter lämnas ut
letter-production-lead = Uppgifterna som hör till detta brev lämnas i förseglade paket, vart och ett med ett undertecknat kvitto. Bara den som har nyckeln kan öppna dem.
letter-production-lead-passphrase = Uppgifterna som hör till detta brev lämnas i förseglade paket, vart och ett med ett undertecknat kvitto. De öppnas med en lösenfras. En av oss ringer er på det nummer som vi har till myndigheten och lämnar den; vi lämnar den aldrig till någon som ringer oss.
letter-production-sealed = Förseglat för
letter-production-items = Innehåll
letter-production-withheld = Hålls inne för granskning
letter-production-package = Paketets SHA-256
letter-production-parts = Vad paketen besvarar
letter-production-nothing = genomsökt; inget hittades.
letter-production-not-complete = inget av det finns i paketen; allt kunde inte genomsökas.
letter-production-open = Varje paket inleds med SUMMARY.txt: vad som har sökts, vad som hittades och hur det kan kontrolleras. Bekräfta gärna att ni har fått dem, och säg till om något inte går att öppna.
letter-secrecy-end-title = Begäran om att meddelandeförbudet hävs
letter-secrecy-end-lead = Enligt er begäran får vi inte underrätta kontoinnehavaren: { $provision }.
letter-secrecy-end-lead-order = Enligt meddelandeförbudet av den { $day } ({ $issuer }, { $provision }) får vi inte underrätta kontoinnehavaren.
letter-secrecy-end-none = Något slutdatum är inte angivet. Vi ber er ange ett, eller verka för att förbudet hävs om det inte längre behövs.
letter-secrecy-end-until = Förbudet upphör { $until }. Vi ber er verka för att det hävs redan nu om det inte längre behövs.
letter-secrecy-end-ask = Om det måste bestå, sänd oss beslutet med skäl och slutdatum. Meddela oss också om ni själva har underrättat kontoinnehavaren.
letter-secrecy-end-ask-until = Om det måste bestå, sänd oss beslutet med skäl. Meddela oss också om ni själva har underrättat kontoinnehavaren.
letter-notice-title = En myndighet har begärt uppgifter om ditt konto
letter-notice-account = Ditt konto
letter-notice-lead = { $authority } ({ $country }) har begärt uppgifter om ditt konto av { $provider }.
letter-notice-preserve = { $authority } ({ $country }) har begärt att { $provider } bevarar uppgifter om ditt konto. Enbart därför lämnas inget ut.
letter-notice-basis = Grund: { $what } av { $day } ({ $provision }). Myndighetens beteckning: { $reference }.
letter-notice-secrecy = Vi fick inte underrätta dig före { $until }.
letter-notice-parts = Vad som begärdes och vad som hände
letter-notice-handed-over = har lämnats ut till myndigheten.
letter-notice-nothing = inget hittades.
letter-notice-refused = har inte lämnats ut.
letter-notice-withdrawn = har inte lämnats ut; myndigheten har återkallat sin begäran.
letter-notice-granted = ska lämnas ut.
letter-notice-not-complete = inget har lämnats ut; allt kunde inte genomsökas.
letter-notice-kept = inget lämnas ut.
letter-notice-open = ännu inte besvarat.
letter-notice-reasons = Skäl och rättsmedel
letter-notice-reasons-blank = skälen för begäran och för vad leverantören gjorde
letter-notice-redress-blank = de rättsmedel som begäran anger
letter-notice-do = Vad du kan göra
letter-notice-do-ask = Du kan skriva till oss och fråga vad som har lämnats ut; ange vårt ärendenummer. Du kan fråga myndigheten eller en advokat hur beslutet kan prövas.
letter-notice-genuine = Så vet du att brevet är vårt
letter-notice-check = Öppna { $address } och skriv in de här fyra orden. Du behöver inget konto, och vi frågar aldrig efter ditt lösenord.
letter-notice-check-ask = Kontakta oss via kontaktuppgifter som du redan har och ange de här fyra orden. Vi frågar aldrig efter ditt lösenord.

## Annex III

annex-not-compared = Formulärets ordalydelse är ännu inte jämförd med Europeiska unionens officiella tidning.
annex-for = gäller: { $parts }
annex-tick-law = om den skyddar grundläggande rättigheter, nationell säkerhet och försvar eller något annat
annex-preserved = kryssa för ett; ange att uppgifterna bevaras bara om det är så
annex-none = inget

## Elsewhere

refusal-letter-invisible = Brevet innehåller tecken som ingen ser. Ta bort dem; det hjälper att skriva om texten.
refusal-letter-unfinished = Något i brevet ska fortfarande fyllas i: det står inom dubbla hakparenteser.
refusal-letter-without-code = En underrättelse måste innehålla fyra ord som läsaren kan kontrollera den med. Utgå från den föreslagna texten.
refusal-letter-code-used = De fyra orden finns redan i ett annat brev. Låt föreslå underrättelsen på nytt.
refusal-letter-to-account = Brevet skulle gå till ett konto som begäran gäller, och dess innehavare får inte underrättas genom det.
refusal-letter-names-another = En underrättelse nämner inget annat konto som begäran gäller. Ta bort det.
refusal-no-such-letter = Inget sådant brev har sänts i ärendet.
refusal-letter-not-by-itself = Brevet kan inte sändas härifrån på det sättet. Sänd det själv och anteckna att det är sänt.
refusal-letter-without-address = Skriv en e-postadress till mottagaren.
refusal-no-letter = { $kind }: inte nu. { $why }
field-to = mottagaren
field-text = texten
event-letter-sent = brev sänt
event-letter = { $kind }, sänt till { $to } ({ $by }); SHA-256 { $digest }
event-letter-taken = { $kind }, sänt till { $to } ({ $by }): mottaget av e-postservern ({ $code }) som { $name }; SHA-256 { $digest }
event-letter-waiting = { $kind } till { $to } ({ $by }): väntar på att sändas; SHA-256 { $digest }
event-letter-given-up = brevet är inte sänt: { $why }. Sänd det på nytt, eller sänd det själv och anteckna det.
event-letter-waits = brev väntar
event-letter-not-sent = brev inte sänt

## On the web

web-tab-letters = Brev
web-done-letter-sent = Brevet är antecknat som sänt.
web-done-letter-waits = Brevet väntar på att sändas. Det antecknas som sänt när e-postservern har tagit emot det.
web-letters-waiting = På väg
letters-of-case = Ärende { $case }: brev
letters-waiting = Väntar på att sändas, eller inte sända
web-letters-waits = Väntar på att sändas
web-letters-given-up = Inte sänt: { $why }.
web-letters-given-up-way = Skriv det igen och sänd det på nytt, eller sänd det själv och anteckna att det är sänt.
web-letters-taken = Mottaget av e-postservern ({ $code }) som { $name }
web-letters-send-door = Sänd: lägg det i myndighetsingången och underrätta handläggaren där per e-post
web-letters-send-door-means = I e-brevet står bara att det finns något att hämta. Brevet läses efter inloggning.
web-letters-send-mail = Sänd som vanlig e-post
web-letters-send-mail-means = Inställningarna tillåter brev av det här slaget i vanlig e-post. Den som finns på vägen kan läsa det.
web-letters-by-hand = Jag har sänt det själv
web-letters-write = Brev som kan skrivas nu
web-letters-none = Inga.
web-letters-not-now = Inte nu
web-letters-sent = Sända
web-letters-none-sent = Inget brev har sänts i ärendet.
web-letters-in-en = Engelska
web-letters-in-sv = Svenska
web-letters-in-da = Danska
web-letters-text = Text
web-letters-text-hint = Det som kommer ur ärendet är föreslaget; texten är din. Tomma rader skiljer stycken, en rad bindestreck under en rad gör den till rubrik, bindestreck ger en lista. Det som står inom dubbla hakparenteser ska fyllas i.
web-letters-keep = Spara och förhandsgranska
web-letters-anew = Föreslå på nytt
web-letters-to = Till
web-letters-to-hint = Namn och adress, som på brevet.
web-letters-by = Sänt
web-letters-sent-means = Anteckna det när det är sänt. Den exakta texten sparas med ärendet, och dess kontrollsumma står i ärendets händelser.
web-letters-record = Anteckna som sänt
web-letters-preview = Förhandsgranskning
web-letters-take = Hämta texten
web-letters-pdf = PDF
web-letters-no-pdf = Programmet är byggt utan PDF. Texten kan hämtas och skrivas ut.
web-letters-no-glyph = Brevens typsnitt saknar ”{ $sign }”. Skriv det på ett annat sätt, eller hämta texten.
