# Mails that the desk sends by itself. They name a case or lead to a page, and say nothing of a demand.

news-emergency = Nödsituation: ärende { $case }
news-emergency-means = En nödsituation kom in { $at }: ärende { $case }. Den som tar hand om den anger det på sidan; då larmas ingen annan.
news-new-case = Nytt ärende { $case }
news-new-case-means = Ärende { $case } kom in { $at }.
news-clock-runs-out = Ärende { $case } har en frist till { $at }
news-clock-runs-out-means = Något som vi måste göra i ärende { $case } ska vara gjort senast { $at }.
news-for-counsel = Ärende { $case } väntar på din underskrift
news-for-counsel-means = Ärende { $case } beslutades { $at } och väntar på juristen.
news-agent-answered = Ärende { $case }: uttagsprogrammet har svarat
news-agent-answered-means = Uttagsprogrammet svarade i ärende { $case } { $at }.
news-agent-refused = Ärende { $case }: uttagsprogrammet har inte utfört uppdraget
news-agent-refused-means = Uttagsprogrammet vägrade i ärende { $case } { $at }, eller kunde inte utföra uppdraget.
news-letter = Ärende { $case }: något har kommit in
news-letter-means = Myndigheten sände eller meddelade något i ärende { $case } { $at }.
news-not-sent = Ärende { $case }: ett brev är inte sänt
news-not-sent-means = Ett brev i ärende { $case } kunde inte sändas; försöken upphörde { $at }. Sänd det på nytt eller på annat sätt.
news-confirmation = Ärende { $case }: begär bekräftelse av nödsituationen
news-confirmation-means = Uppgifter lämnades ut i en nödsituation i ärende { $case }. Den skulle bekräftas senast { $at }, och ingen bekräftelse är antecknad.
news-nothing-else = Inget av begäran står i det här e-brevet. Det sändes automatiskt; ingen läser svar.
fetch-mail = { $provider }: det finns något att hämta
fetch-mail-lead = Det finns något för dig att hämta på adressen nedan.
fetch-mail-sign-in = Logga in där som vanligt. Inget av vad det gäller står i det här e-brevet, och vi frågar aldrig efter lösenord per e-post.
fetch-mail-from = { $provider }

# An emergency at night.

night-title = Nödsituation
night-has-it = { $name } har hand om den
night-take = Jag tar den
night-take-means = Då larmas ingen annan.
night-step-described = Beskriv
night-step-call = Ring tillbaka
night-step-decide = Besluta med juristen
night-step-tomorrow = I morgon
night-original = Originalet
night-change = Ändra
night-asked = { $what } för { $whose }
night-short = Bara det som beslutet behöver. Resten beskrivs på dagen.
night-choose = Välj
night-authority-hint = Bara en myndighet i er förteckning kan ringas upp.
night-accounts = Vems uppgifter: ett konto per rad
night-describe = Det här är vad som kom in
night-call-number = Numret i myndighetsförteckningen. Inte det som står i begäran.
night-call-button = Ring { $number }
night-call-said = Vad sade de?
night-call-genuine = Äkta, allt bekräftat
night-call-unreached = Inte anträffade
night-call-denied = De har inte sänt den
night-unreached-note = Myndigheten ringdes upp på numret i förteckningen och kunde inte nås.
night-second = { $name } underrättas per telefon, undertecknar på sin egen dator och läser samma sida.
night-tell = Ring en andra person
night-tell-hint = Ni talar med varandra; den andra läser samma sida, beslutar med dig och undertecknar på sin egen dator.
night-tell-button = Jag har underrättat per telefon
night-on-call = { $name } (jour)
night-told = { $name } underrättades per telefon, { $at }.
night-told-note = { $name } har underrättats om nödsituationen per telefon.
night-nobody-second = Ingen jurist finns i förteckningen över personer: inget kan lämnas ut.
night-own-machine = Två personer undertecknar, minst en av dem på sin egen dator: undertecknandesidan säger hur.
night-not-you = Du ringde, så någon annan anger att begäran är äkta.
night-not-genuine = Den är inte äkta. Inget lämnas ut.
night-task-genuine = En andra person anger att begäran är äkta
night-task-danger = Juristen bedömer faran
night-task-law = Tillämpa lagen
night-task-answer = Besluta
night-task-sign = Två underskrifter
night-task-hand-over = Lämna över
night-tomorrow = Ett dygn efter utlämnandet blir det en uppgift och ett meddelande: begär det skriftliga beslutet och fråga om det har godkänts.
night-tomorrow-at = { $at }: begär det skriftliga beslutet och fråga om det har godkänts.
night-tomorrow-record = Anteckna bekräftelsen
night-two-people = Inget lämnas ut på en enda underskrift, inte heller på natten.
night-band = { $count ->
    [one] En nödsituation är inte besvarad
   *[other] { $count } nödsituationer är inte besvarade
}
night-band-case = Nödsituation, ärende { $case }
night-case = Det här är en nödsituation.
night-open = Gå igenom den steg för steg
night-confirm-by = senast { $at }
night-confirm-authority = Väntar på myndigheten
web-task-confirm = Bekräftelse av nödsituationen
