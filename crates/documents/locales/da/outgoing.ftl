# Mails that the desk sends by itself. They name a case or lead to a page, and say nothing of a demand.

news-emergency = Nødsituation: sag { $case }
news-emergency-means = En nødsituation kom ind { $at }: sag { $case }. Den, der tager sig af den, angiver det på siden; så alarmeres ingen andre.
news-new-case = Ny sag { $case }
news-new-case-means = Sag { $case } kom ind { $at }.
news-clock-runs-out = Sag { $case } har en frist til { $at }
news-clock-runs-out-means = Noget, som vi skal gøre i sag { $case }, skal være gjort senest { $at }.
news-for-counsel = Sag { $case } venter på din underskrift
news-for-counsel-means = Sag { $case } blev afgjort { $at } og venter på juristen.
news-agent-answered = Sag { $case }: udtræksprogrammet har svaret
news-agent-answered-means = Udtræksprogrammet svarede i sag { $case } { $at }.
news-agent-refused = Sag { $case }: udtræksprogrammet har ikke udført opgaven
news-agent-refused-means = Udtræksprogrammet nægtede i sag { $case } { $at } eller kunne ikke udføre opgaven.
news-letter = Sag { $case }: noget er kommet ind
news-letter-means = Myndigheden sendte eller meddelte noget i sag { $case } { $at }.
news-not-sent = Sag { $case }: et brev er ikke sendt
news-not-sent-means = Et brev i sag { $case } kunne ikke sendes; forsøgene ophørte { $at }. Send det igen eller på anden måde.
news-confirmation = Sag { $case }: bed om bekræftelse af nødsituationen
news-confirmation-means = Der blev udleveret oplysninger i en nødsituation i sag { $case }. Den skulle bekræftes senest { $at }, og ingen bekræftelse er registreret.
news-nothing-else = Intet af anmodningen står i denne e-mail. Den er sendt automatisk; ingen læser svar.
fetch-mail = { $provider }: der er noget at hente
fetch-mail-lead = Der er noget, som du kan hente på adressen nedenfor.
fetch-mail-sign-in = Log ind dér som sædvanligt. Intet af, hvad det drejer sig om, står i denne e-mail, og vi spørger aldrig om en adgangskode pr. e-mail.
fetch-mail-from = { $provider }

# An emergency at night.

night-title = Nødsituation
night-has-it = { $name } har den
night-take = Jeg tager den
night-take-means = Så alarmeres ingen andre.
night-step-described = Beskriv
night-step-call = Ring tilbage
night-step-decide = Afgør med juristen
night-step-tomorrow = I morgen
night-original = Originalen
night-change = Ret
night-asked = { $what } for { $whose }
night-short = Kun det, som afgørelsen kræver. Resten beskrives om dagen.
night-choose = Vælg
night-authority-hint = Kun en myndighed på jeres liste kan ringes op.
night-accounts = Hvis oplysninger: én konto pr. linje
night-describe = Det er det, der kom ind
night-call-number = Nummeret på myndighedslisten. Ikke det, der står i anmodningen.
night-call-button = Ring { $number }
night-call-said = Hvad sagde de?
night-call-genuine = Ægte, alt bekræftet
night-call-unreached = Ikke truffet
night-call-denied = De har ikke sendt den
night-unreached-note = Myndigheden blev ringet op på nummeret på listen og blev ikke truffet.
night-second = { $name } underrettes pr. telefon, underskriver på sin egen computer og læser samme side.
night-tell = Ring til en person mere
night-tell-hint = I taler sammen; den anden læser samme side, afgør sammen med dig og underskriver på sin egen computer.
night-tell-button = Jeg har underrettet pr. telefon
night-on-call = { $name } (vagt)
night-told = { $name } blev underrettet pr. telefon, { $at }.
night-told-note = { $name } er underrettet om nødsituationen pr. telefon.
night-nobody-second = Ingen jurist står på listen over personer: intet kan udleveres.
night-own-machine = To personer underskriver, mindst én af dem på sin egen computer: underskriftssiden siger hvordan.
night-not-you = Du ringede, så en anden siger, at den er ægte.
night-not-genuine = Den er ikke ægte. Intet udleveres.
night-task-genuine = En person mere siger, at den er ægte
night-task-danger = Juristen vurderer faren
night-task-law = Anvend loven
night-task-answer = Afgør
night-task-sign = To underskrifter
night-task-hand-over = Overdrag
night-tomorrow = Et døgn efter udleveringen bliver der en opgave og en meddelelse: bed om den skriftlige kendelse, og spørg, om den er godkendt.
night-tomorrow-at = { $at }: bed om den skriftlige kendelse, og spørg, om den er godkendt.
night-tomorrow-record = Registrér bekræftelsen
night-two-people = Intet udleveres på én underskrift, heller ikke om natten.
night-band = { $count ->
    [one] En nødsituation er ikke besvaret
   *[other] { $count } nødsituationer er ikke besvaret
}
night-band-case = Nødsituation, sag { $case }
night-case = Dette er en nødsituation.
night-open = Gå den igennem trin for trin
night-confirm-by = senest { $at }
night-confirm-authority = Afventer myndigheden
web-task-confirm = Bekræftelse af nødsituationen
