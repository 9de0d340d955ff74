# Sagsbehandlingens sider på nettet, på dansk.

## The frame

web-skip = Til indholdet
web-nav = Hovedmenu
web-nav-work = Arbejde
web-nav-inbox = Indbakke
web-nav-duties = Forpligtelser
web-nav-authorities = Myndigheder
web-nav-to-sign = Til underskrift
web-nav-people = Medarbejdere
web-nav-law = Sådan besvares anmodninger
web-search = Søg
web-search-hint = Sag, konto, reference, myndighed, ord
web-language = Sprog
web-theme = Farver
web-theme-system = Følg systemet
web-theme-light = Lyst
web-theme-dark = Mørkt
web-title-error = Fejl:
web-crumbs = Du er her
web-cancel = Annullér
web-continue = Fortsæt
web-to-start = Til forsiden
web-choose = Vælg
web-not-said = Ikke angivet
web-cannot-tell = Fremgår ikke af dokumentet
web-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } byte
}

## Times

web-today = i dag
web-tomorrow = i morgen
web-day = { $weekday } { $day }. { $month }
web-day-year = { $weekday } { $day }. { $month } { $year }
web-day-time = { $day } kl. { $time }
web-weekday-1 = man.
web-weekday-2 = tir.
web-weekday-3 = ons.
web-weekday-4 = tor.
web-weekday-5 = fre.
web-weekday-6 = lør.
web-weekday-7 = søn.
web-month-1 = jan.
web-month-2 = feb.
web-month-3 = marts
web-month-4 = apr.
web-month-5 = maj
web-month-6 = juni
web-month-7 = juli
web-month-8 = aug.
web-month-9 = sep.
web-month-10 = okt.
web-month-11 = nov.
web-month-12 = dec.
web-minutes = { $count } min.
web-hours = { $count } t.
web-days = { $count ->
    [one] { $count } dag
   *[other] { $count } dage
}
web-left = om { $span }
web-late = overskredet med { $span }
web-provisional = foreløbig: den korteste frist, der kan gælde
web-received = modtaget { $at }
web-issued = udstedt { $day }

## Signing in

web-sign-in = Log ind
web-sign-in-how = Du logger ind med den adgangsnøgle, du har oprettet her. Den skal bruges igen, når du underskriver en udtræksordre.
web-sign-in-button = Log ind med din adgangsnøgle
web-sign-in-failed = Det lykkedes ikke, og ingen er logget ind. Prøv igen, eller bed administratoren om et nyt link.
web-sign-in-script = Adgangsnøgler virker kun med JavaScript, som er slået fra i din browser. Alt andet virker uden.
web-sign-in-no-passkey = Har du ingen adgangsnøgle? Administratoren giver dig et link, der kan bruges én gang.
web-openid-button = Log ind med { $name }
web-openid-worth = { $name } siger, hvem du er, og intet andet: en udtræksordre underskrives stadig med din adgangsnøgle eller på din egen computer.
web-openid-signed-in = Du er logget ind
web-openid-go-on = Fortsæt
web-openid-asked = Nu skal en administrator godkende det
web-openid-not-shown = Der er ikke anmodet om noget
web-openid-account = Din konto hedder hos { $name }:
web-openid-refused-again = Det blev begyndt i en anden browser eller for længe siden, eller er allerede brugt. Ingen er logget ind. Begynd igen.
web-openid-refused-busy = Mange logger ind på én gang. Prøv igen om lidt, eller brug din adgangsnøgle.
web-openid-refused-down = { $name } kan ikke nås lige nu. Din adgangsnøgle virker som altid.
web-openid-refused-provider = Svaret fra { $name } kan ikke bruges her, og ingen er logget ind. Administratoren kan se hvorfor under ”I orden?”. Din adgangsnøgle virker som altid.
web-openid-refused-said-no = { $name } lukkede dig ikke ind, eller du stoppede dér. Ingen er logget ind.
web-openid-refused-taken = Kontoen kan ikke knyttes til dig: den logger allerede nogen ind her.
web-openid-refused-token = Det, { $name } siger om dig, bestod ikke kontrollen her, og ingen er logget ind. Prøv igen; sker det to gange, så sig det til administratoren.
web-openid-refused-too-old = Det er for længe siden, du viste { $name }, hvem du er. Log ud dér, og prøv igen.
web-openid-refused-unknown = { $name } kender dig, men den konto logger ingen ind her. Kom ind med din adgangsnøgle eller et link, og anmod om det på din egen side.
web-welcome = Velkommen, { $name }
web-welcome-role = Du logger ind som { $role } hos { $provider }.
web-welcome-once = Linket kan bruges én gang. Tryk kun på knappen, hvis du er denne person.
web-welcome-button = Log ind
web-you = Din side
web-you-since = logget ind { $at }
web-you-make-passkey = Opret en adgangsnøgle nu: linket, du kom ind med, kan ikke bruges igen.
web-passkeys = Dine adgangsnøgler
web-passkeys-none = ingen
web-passkeys-count = { $count ->
    [one] { $count } adgangsnøgle
   *[other] { $count } adgangsnøgler
}
web-passkey-since = oprettet
web-passkey-words = Nøglen i otte ord. Den, der føjer den til et udtræksprograms liste over beføjede personer, sammenligner ordene med dig pr. telefon.
web-passkey-on-roster = Denne adgangsnøgle står på listen over beføjede personer: med den kan du underskrive udtræksordrer her.
web-passkey-key = Selve nøglen
web-passkey-remove = Fjern
web-passkey-new = Opret en adgangsnøgle
web-passkey-what = En adgangsnøgle ligger i din enhed eller sikkerhedsnøgle og låses op med pinkode, fingeraftryk eller ansigt.
web-passkey-name = Adgangsnøglens navn
web-passkey-name-hint = For eksempel »arbejdscomputer« eller »blå sikkerhedsnøgle«
web-passkey-make = Opret adgangsnøglen
web-passkey-failed = Der blev ikke oprettet nogen adgangsnøgle. Enheden kan have været for langsom, eller den kan ikke oprette en, der kræver pinkode, fingeraftryk eller ansigt.
web-passkey-not-now = Du kom ind med en konto. Adgangsnøgler oprettes og fjernes af den, der kom ind med en adgangsnøgle eller et link.
web-binding = Log ind med { $name }
web-binding-how = Du kan også logge ind med { $name }. Vis én gang, hvilken konto dér der er din; derefter godkender en administrator.
web-binding-show = Vis { $name }, hvem du er
web-binding-waits = Du har anmodet om det, og ingen administrator har godkendt endnu. Fortæl dem, at det var dig.
web-binding-take-back = Træk anmodningen tilbage
web-binding-bound = Din konto hos { $name } logger dig ind. Den underskriver ingen udtræksordre.
web-binding-since = siden
web-binding-end = Hold op med at logge ind sådan
web-sign-out-title = Udlogning
web-sign-out = Log ud

## What goes wrong

web-not-done = Handlingen blev ikke udført
web-nothing-changed = Intet er ændret.
web-problem-not-there = Her er ingenting
web-problem-not-there-way = Siden findes ikke, eller du har ikke adgang til den.
web-problem-malformed = Det, der blev sendt, kunne ikke forstås
web-problem-malformed-way = Det, der kom ind, er ikke det, vores sider sender. Intet er ændret. Gå tilbage, og prøv igen.
web-problem-foreign = Det, der blev sendt, kom et andet sted fra
web-problem-foreign-way = Din browser angiver ikke, at det blev sendt fra en af vores egne sider. Derfor er intet ændret.
web-problem-too-large = Det, der blev sendt, er for stort
web-problem-too-large-way = Intet er gemt. Send færre eller mindre filer, én ad gangen.
web-problem-too-slow = Det tog for lang tid
web-problem-too-slow-way = Forbindelsen var for langsom, og intet er gemt. Prøv igen.
web-problem-busy = For mange på én gang
web-problem-busy-way = Systemet er optaget. Intet er ændret. Prøv igen om lidt.
web-problem-unavailable = Det kan ikke lade sig gøre lige nu
web-problem-unavailable-way = Der er noget galt på serveren. Den, der passer systemet, får besked. Prøv igen senere.
web-problem-refused = Handlingen blev ikke udført
web-problem-refused-way = Intet er ændret.
web-problem-not-compared = Sagen kunne ikke sammenholdes med den offentlige log
web-problem-not-compared-way = Før det er sket, underskrives og overgives intet. Den, der passer systemet, kan se årsagen.
web-problem-damaged = Sagen er beskadiget
web-problem-damaged-way = Noget i sagen er ikke det, der blev registreret. Der foretages intet i den, før den er gendannet fra en sikkerhedskopi.
web-errors = Der er noget, der skal rettes
web-wrong-time = Angiv dag og tid, for eksempel 2026-11-26 14:30.
web-wrong-future = Det ligger i fremtiden. Angiv, hvornår det kom ind.
web-wrong-nothing = Vælg mindst én fil, eller skriv, hvad der blev sagt.
web-wrong-empty = Udfyld: { $field }.
web-wrong-months = Angiv strafmaksimum i hele måneder, for eksempel 120.
web-wrong-categories = Sæt kryds ved mindst én kategori af oplysninger.

## What was done

web-done-taken-in = Sagen er registreret, og det, der kom ind, er gemt uændret.
web-done-taken-in-before = Den samme fil er kommet ind før: det er denne sag. Intet nyt er registreret.
web-done-attached = Filen er lagt til sagen.
web-done-described = Anmodningen er beskrevet. Næste skridt: ring myndigheden op.
web-done-called = Opkaldet er registreret.
web-done-genuine = Det er noteret, at anmodningen er ægte. Næste skridt: vurdér den efter loven.
web-done-not-genuine = Det er noteret, at anmodningens ægthed ikke kunne bekræftes.
web-done-judged = Det er noteret.
web-task-inquire = Spørg, hvilke konti der findes
web-inquire-what = Hvilke konti der findes, ved kun udtræksprogrammet, som står dér, hvor oplysningerne er. Med din underskrift spørges det, og det svarer, hvilke af disse der er konti, og hvilke slags oplysninger om dem der findes dér. Det udleverer intet indhold. Spørgsmålet står i den offentlige log, og udtræksprogrammet svarer kun om et vist antal konti i døgnet.
web-inquire-nothing = Der er ikke noget at spørge om nu.
web-inquire-of = Spørgsmål til udtræksprogrammet i { $region }
web-inquire-here = Spørg med din adgangsnøgle
web-inquire-fetch = Hent spørgsmålet, og skriv under på din egen computer
web-inquire-bring = Et spørgsmål, som du skrev under på din egen computer
web-inquire-bring-hint = Filen med din underskrift, som den blev skrevet dér.
web-inquire-bring-button = Aflever det, og spørg
web-inquire-told = Spurgt { $at }: udtræksprogrammet i { $region } har svaret.
web-inquire-refused = Spurgt { $at }: udtræksprogrammet i { $region } svarede ikke.
web-inquire-waits = Spurgt { $at }: udtræksprogrammet i { $region } har ikke svaret endnu.
web-inquire-again = Spørg igen
web-done-inquired = Spørgsmålet er registreret. Det går til udtræksprogrammet, så snart den offentlige log har det.
web-done-assessed = Hver del er vurderet efter loven.
web-done-decided = Svarene er registreret. Det, der skal udføres, venter på to underskrifter.
web-done-signed = Underskriften er registreret. Endnu en person skal skrive under.
web-done-released = To personer har skrevet under. Udtræksordren går til udtræksprogrammet, så snart den står i den offentlige log.
web-done-delivered = De forseglede pakker kan hentes.
web-done-passphrase-told = Opkaldet er noteret: adgangsfrasen er oplyst.
web-done-noted = Notitsen er gemt.
web-done-assigned = Sagen har skiftet sagsbehandler.
web-done-linked = De to sager er knyttet sammen.
web-done-closed = Sagen er afsluttet. Det, der stadig løber, bliver på listen.
web-done-reopened = Sagen er genoptaget. De svar, der er givet, står ved magt.
web-done-recorded = Hændelsen er registreret, og fristerne regnes efter den.

## Work

web-view-nav = Visninger
web-view-group-views = Visninger
web-view-group-waiting = Afventer
web-view-group-all = Alle
web-view-mine = Mine
web-view-unassigned = Ikke tildelt
web-view-today = Overskredet eller senest i dag
web-view-soon = Senest inden for en uge
web-view-undescribed = Endnu ikke beskrevet
web-view-authority = Myndigheden
web-view-counsel = Juristen
web-view-agent = Udtræksprogrammet
web-view-open = Åbne
web-view-duties = Afsluttede, forpligtelser løber
web-view-closed = Afsluttede
web-cases = { $count ->
    [one] { $count } sag
   *[other] { $count } sager
}
web-cases-or-more = { $count } eller flere sager
web-empty-mine = Du har ingen åbne sager. De sager, der mangler en sagsbehandler, står under »Ikke tildelt«.
web-empty-no-group = Du arbejder ikke i nogen gruppe, så her er ingen sager til dig. Spørg administratoren.
web-empty-unassigned = Alle åbne sager har en sagsbehandler.
web-empty-today = Intet er overskredet, og ingen frist udløber i dag.
web-empty-soon = Ingen frist udløber inden for en uge.
web-empty-undescribed = Alt, hvad der er kommet ind, er beskrevet.
web-empty-authority = Ingen sag afventer en myndighed.
web-empty-counsel = Intet venter på juristens underskrift.
web-empty-agent = Ingen sag afventer et udtræksprogram.
web-empty-open = Ingen sag er åben.
web-empty-duties = Ingen forpligtelser løber videre i afsluttede sager.
web-empty-closed = Ingen sag er afsluttet endnu.
web-unreadable = { $count ->
    [one] { $count } sag hører til på denne side, men kan ikke vises: dens række er ændret udefra.
   *[other] { $count } sager hører til på denne side, men kan ikke vises: deres rækker er ændret udefra.
}
web-pages = Sider
web-page-before = Forrige side
web-page-next = Næste side
web-page-of = Side { $page } af { $pages }
web-page-number = Side { $page }
web-column-clock = Næste frist ({ $zone })
web-column-case = Sag
web-column-from = Fra
web-column-asked = Anmodning
web-column-now = Status
web-band-late = Overskredet
web-band-today = Senest i dag
web-band-unknown = Endnu ikke beskrevet: se på dem først
web-band-soon = Denne uge og næste
web-band-later = Senere
web-band-nothing = Ingen frist for os
web-not-described = Endnu ikke beskrevet
web-parts = { $count ->
    [one] { $count } del
   *[other] { $count } dele
}
web-clock-act-by = svar senest
web-clock-claim-by = kan udøves senest
web-clock-not-before = tidligst
web-clock-keep-until = sikres indtil
web-clock-valid-until = gælder indtil
web-clock-none = Ingen kendt frist
web-clock-no-day = En forpligtelse uden dato
web-clock-runs = Kendelsen eller afgørelsen gælder indtil { $at }
web-clock-ran = Kendelsen eller afgørelsen gjaldt indtil { $at }
web-clock-not-ours = ingen frist for os
web-clock-closed = afsluttet
web-now-describe = Skal gøres: beskriv
web-now-call-back = Skal gøres: ring tilbage
web-now-assess = Skal gøres: vurdér
web-now-decide = Skal gøres: træf afgørelse
web-now-counsel = Afventer juristen
web-now-analyst = Afventer en sagsbehandler
web-now-agent = Afventer udtræksprogrammet
web-now-deliver = Skal gøres: overgiv pakkerne
web-now-authority = Afventer myndigheden
web-now-letter = Skal gøres: svar med brev
web-now-close = Skal gøres: afslut
web-now-closed = Afsluttet
web-now-duty = Besvaret; en forpligtelse løber stadig
web-to-sign-leaves = { $categories } for { $accounts }, til { $to }
web-to-sign-stays = { $categories } for { $accounts }; intet udleveres
web-to-sign-nobody = Ingen har underskrevet
web-to-sign-signed = Underskrevet af { $names }
web-search-title = Søg
web-search-for = Søgning efter { $wanted }
web-search-nothing = Der blev ikke fundet noget.
web-search-account = Anmodninger, der angiver denne konto
web-search-reference = Referencer
web-search-authority = Myndigheder
web-search-words = Skrevet i sagen
web-search-narrow = Afgræns resultatet yderligere:
web-search-above = { $count ->
    [one] En af dem står ovenfor.
   *[other] { $count } af dem står ovenfor.
}
web-search-what = En konto kan kun fremsøges på sit fulde navn, da systemet ikke har nogen læsbar liste over konti. Ord fremsøges hele og i vilkårlig rækkefølge i det, som mennesker har skrevet: anmodninger, notitser, begrundelser og breve. Notitser kun for juristen og selve filerne gennemsøges ikke.

## A new case

web-new-case = Ny sag
web-new-lead = Alt, hvad der kommer ind, bliver straks en sag med tidspunkt og afsender. Det beskrives bagefter.
web-new-files = Filer
web-new-files-hint = Dokumenterne, som de kom: PDF, scanning, e-mail, tekst. Højst { $limit } MB pr. fil. Den første giver sagen dens navn.
web-new-words = Eller det, der blev sagt, eller indsat tekst
web-new-words-hint = Ved telefonopkald: hvem der ringede, hvilket nummer der blev vist, og hvad det drejede sig om.
web-new-words-file = hvad-der-blev-sagt.txt
web-new-emergency = Nogens liv eller sikkerhed kan være i fare: alarmér vagten
web-new-channel = Hvordan det kom ind
web-channel-post = Pr. post
web-channel-fax = Pr. fax
web-channel-email = Pr. e-mail
web-channel-portal = Gennem en portal
web-channel-door = Gennem indgangen for myndigheder
web-channel-telephone = Pr. telefon
web-channel-in-person = Personligt
web-channel-other = På anden måde
web-new-from = Fra hvem
web-new-from-hint = Den adresse, det nummer eller det navn, som afsenderen selv oplyser
web-new-arrived = Hvornår det kom ind
web-new-arrived-hint = Angives i { $zone }. Tomt betyder nu.
web-new-button = Registrér sagen
web-new-note = Intet åbnes her: filerne gemmes, som de er. Den samme fil igen giver den samme sag.

## A case

web-case-nav = Sagens sider
web-case-undescribed = Endnu ikke beskrevet: { $file }
web-case-for = { $what } vedrørende { $account }
web-accounts = { $count ->
    [one] { $count } konto
   *[other] { $count } konti
}
web-owner = Sagsbehandler: { $name }
web-owner-none = Ingen sagsbehandler
web-uncompared = Sagen kunne ikke sammenholdes med den offentlige log. Før det er sket, underskrives og overgives intet.
web-tab-thread = Opgaver og forløb
web-tab-demand = Anmodning
web-tab-assessment = Vurdering
web-tab-decision = Afgørelse
web-tab-clocks = Frister
web-state-received = ikke beskrevet
web-state-described = beskrevet
web-state-authenticated = afsenderen kontrolleret
web-state-not-authenticated = afsenderen ikke bekræftet
web-state-assessed = vurderet
web-state-decided = besluttet
web-state-partly-approved = én underskrift af to
web-state-mandated = to underskrifter
web-state-not-produced = intet udtræk
web-state-produced = oplysninger udtrukket
web-state-delivered = overgivet
web-state-waiting = delvist besvaret
web-state-duties-run = afsluttet, forpligtelser løber
web-state-closed = afsluttet
web-tasks = Opgaver
web-tasks-take-in = Modtagelse
web-tasks-answer = Svar
web-tasks-hand-over = Udlevering
web-tasks-notice = Underretning
web-tasks-duties = Forpligtelser, der løber videre
web-task-describe = Beskriv anmodningen
web-task-call-back = Ring tilbage
web-task-assess = Vurdér efter loven
web-task-decide = Træf afgørelse om hver del
web-task-sign = To underskrifter
web-task-produce = Udtræk på lagringsstedet
web-task-preserve = Sikring på lagringsstedet
web-task-deliver = Overgiv pakkerne
web-task-tell = Oplys adgangsfrasen pr. telefon
web-tell-how = Dér, hvor udtræksprogrammet kører, viser »{ $command }« den for dig én gang.
web-tell-waits = Afventer { $name }
web-task-notice = Underret kontoindehaveren
web-task-notice-controller = Underret kunden, som er dataansvarlig
web-task-letter = Meddel myndigheden svaret
web-task-close = Afslut sagen
web-task-duty = En forpligtelse løber stadig
web-work-todo = Skal gøres
web-work-done = Færdig
web-work-not-yet = Kan ikke påbegyndes endnu
web-work-waiting = Afventer
web-not-produced = Udtræksprogrammet foretog intet udtræk: { $why }
web-answer-waits = Et udtræksprogram har svaret. Svaret registreres inden for et minut.
web-lapsed = En udtræksordre i sagen kan ikke længere udføres. Træf afgørelse igen, så udarbejdes der en ny.
web-alike = En anden sag har den samme reference fra den samme myndighed:
web-alike-link = Tilknyt som samme anmodning, sendt igen
web-alike-reason = samme reference fra samme myndighed
web-thread = Forløb
web-the-desk = Systemet
web-note = Skriv en notits
web-note-hint = Alle sagsbehandlere kan læse den.
web-note-hint-group = Alle sagsbehandlere og jurister i sagens gruppe, og kontrollanterne, kan læse den.
web-note-privileged = Kun for juristen
web-note-privileged-hint = Forseglet: når den er skrevet, åbnes den kun med juristens egen nøgle. Systemet kan ikke læse den.
web-note-sealed-fetch = Hent notitsen, forseglet.
web-note-sealed-how = Åbn den med Lagrum på din egen computer, med din nøgle.
web-note-button = Gem notitsen
web-more = Overdrag, tilknyt, afslut
web-hand-over = Sagsbehandler
web-hand-over-button = Overdrag
web-link = Tilknyt sag
web-link-hint = For eksempel 2026-0007
web-link-why = Hvorfor de hører sammen
web-link-button = Tilknyt
web-deliver = Gør de forseglede pakker klar til afhentning
web-passphrase-told = Registrér, at jeg har oplyst den
web-leaves = { $count ->
    [0] Intet udleveres.
    [one] { $count } del udleveres.
   *[other] { $count } dele udleveres.
}
web-stays = { $count ->
    [0] Ingen del er undtaget.
    [one] { $count } del udleveres ikke.
   *[other] { $count } dele udleveres ikke.
}
web-waits = { $count ->
    [one] { $count } del afventer.
   *[other] { $count } dele afventer.
}
web-demand-undescribed = Ingen har beskrevet anmodningen endnu. Før det er sket, ved ingen, hvor kort fristen er.
web-originals = Originaldokumenter
web-original-take = Hent filen, som den kom ind
web-original-page = Side { $page } af { $of } i { $file }
web-original-text = Tekst, der kunne læses ud
web-original-text-hint = Den er til at søge i og kopiere fra. Det er billedet, der gælder: en fil kan indeholde tekst, som ingen ser, og vise tekst, som den ikke indeholder.
web-original-no-text = Der kunne ikke læses tekst ud: det er en scanning eller et foto.
web-original-more-text = Der er mere tekst, end der vises her.
web-original-cut-off = Filens slutning mangler eller står ikke, hvor den skal: den kan være blevet afkortet undervejs. Det, der vises, kan være forkert eller ufuldstændigt. Bed afsenderen om at sende den igen.
web-original-two-things = E-mailen har en uformateret og en formateret version, og de siger ikke det samme. Begge står nedenfor, efter hinanden: mailprogrammer viser kun den ene. Spørg afsenderen, hvilken der gælder.
web-original-more-pages = Filen har flere sider, end der vises her. Hent den for at læse den til ende.
web-original-take-attached = Hent bilaget
web-not-shown-other-kind = Denne slags fil åbnes ikke her. Åbn den på en computer, der er beregnet til filer fra ukendte afsendere: kontorfiler kan indeholde programmer.
web-not-shown-packed = Filen er pakket ({ $form }): et arkiv eller en kontorfil. Intet pakkes ud her, og ingen har set, hvad den indeholder. Åbn den på en computer, der er beregnet til filer fra ukendte afsendere: arkiver og kontorfiler kan indeholde programmer.
web-not-shown-locked = Filen kan kun åbnes med adgangskode. Bed myndigheden om en, der kan åbnes uden.
web-not-shown-too-much = Filen kræver mere hukommelse eller tid, end en fil fra en ukendt afsender får. Åbn den på en computer, der er beregnet til filer fra ukendte afsendere.
web-not-shown-busy = Mange filer læses lige nu. Genindlæs siden om et minut.
web-not-shown-damaged = Filen er beskadiget eller af en form, der ikke kendes her. Åbn den på en computer, der er beregnet til filer fra ukendte afsendere.
web-not-shown-not-here = Dette system kan ikke vise filer som billeder. Den, der driver det, ser hvorfor, når det starter.
web-attach = Tilføj en fil
web-attach-files = Filer, der hører til anmodningen
web-attach-button = Tilføj
web-memo = Notat
web-memo-open = Åbn notatet, til sagen eller til udskrift

## Describing

web-describe = Beskriv det, der kom ind
web-describe-kind = Hvilken slags afgørelse eller anmodning er det?
web-describe-kind-hint = Formularen spørger derefter kun om det, der er brug for.
web-describe-parts = Hvor mange dele?
web-describe-parts-hint = Én for hver kombination af konti, oplysninger og periode. Hver del besvares for sig.
web-describe-other = Det er en anden slags eller har flere dele
web-describe-anew = Ret beskrivelsen
web-describe-check = Gem og kontrollér beskrivelsen
web-suggested = { $count ->
    [one] { $count } forslag fra dokumentet
   *[other] { $count } forslag fra dokumentet
}
web-suggested-lead = Intet indsættes, før du trykker på Brug. Numrene står ved stederne i dokumentet.
web-use = Brug
web-draft-kept = Dette er dit udkast, gemt { $at }.
web-d-group-who = Hvem der anmoder
web-d-authority = Myndighed
web-d-authority-hint = Som den er angivet i dokumenterne. Kun en myndighed i myndighedslisten kan ringes op.
web-d-authority-country = Myndighedens land
web-d-authority-kind = Myndighedens art
web-authority-kind-court = Domstol
web-authority-kind-prosecutor = Anklager
web-authority-kind-police = Politi
web-authority-kind-central-authority = Central myndighed
web-authority-kind-security-service = Efterretningstjeneste
web-authority-kind-other-authority = Anden myndighed
web-authority-kind-private-party = Privat part
web-d-officer = Kontaktperson
web-d-officer-email = Kontaktpersonens e-mailadresse
web-d-reference = Myndighedens ref.
web-d-kind = Slags afgørelse eller anmodning
web-d-group-instrument = Dokumenterne
web-d-measure = Hvad giver afgørelsen tilladelse til?
web-d-provision = Bestemmelse
web-d-provision-hint = Som den er angivet i dokumenterne, for eksempel retsplejelovens § 804
web-d-law-country = Hvilket lands ret
web-d-issued-on = Datoen på afgørelsen
web-d-issuer = Udstedt af
web-d-issuer-kind = I egenskab af
web-d-issuer-reference = Dens eget journalnummer
web-d-issuer-reference-hint = Rettens eller myndighedens eget, hvis anmodningen har et andet.
web-d-signature = Underskrevet af
web-d-signature-hint = Lad feltet stå tomt, hvis den ikke er underskrevet.
web-d-signature-form = Hvordan den er underskrevet
web-d-further-signatures = Flere underskrifter
web-d-signature-2 = Anden underskrift
web-d-signature-2-form = Hvordan den anden blev sat
web-d-signature-3 = Tredje underskrift
web-d-signature-3-form = Hvordan den tredje blev sat
web-signature-handwritten = egenhændigt
web-signature-electronic = elektronisk
web-signature-qualified = med kvalificeret elektronisk signatur eller segl
web-d-validated = Godkendt af
web-d-validated-hint = Hvis en anden myndighed skulle godkende den.
web-d-validated-kind = I egenskab af
web-d-notification = Er fuldbyrdelsesmyndigheden underrettet?
web-notification-not-required = Ikke nødvendigt
web-notification-pending = Underrettet, fristen løber
web-notification-cleared = Der er ikke gjort afslagsgrunde gældende
web-notification-refused = Der er gjort en afslagsgrund gældende
web-d-customer-cannot-be-asked = Myndigheden oplyser, at kunden ikke kan spørges
web-d-treaty = International aftale
web-d-rank-confirmed = Jeg har kontrolleret, at udstederen har den stilling, som loven kræver
web-d-certified = Afgørelsen har den attestation, som loven kræver
web-d-interim = Afgørelsen er truffet i et hastetilfælde og skal bekræftes efterfølgende
web-d-certificate-wanted = Der anmodes om en erklæring om ægthed
web-d-valid-until = Sidste dag for fuldbyrdelse
web-d-valid-until-hint = Lad feltet stå tomt, hvis dokumenterne ikke angiver nogen.
web-d-entity = Rettet til
web-d-entity-other-choice = Et andet selskab
web-d-entity-other = Selskabets navn
web-d-entity-other-country = Selskabets land
web-d-purpose = Formål
web-d-zone = Tiderne nedenfor angives i
web-d-zone-hint = Den tidszone, som dokumenterne bruger.
web-d-group-part = Del { $number }
web-d-identifiers = Hvis oplysninger
web-d-identifiers-hint = Én pr. linje: en e-mailadresse eller user-id:…, phone-number:+46…, ip-address:… med tidspunkt.
web-d-categories = Kategorier af oplysninger
web-d-categories-hint = Kun det, dokumenterne angiver.
web-d-boxes = Kun visse oplysninger i disse kategorier
web-d-from = Fra
web-d-from-hint = Lad feltet stå tomt, hvis dokumenterne ikke angiver nogen begyndelse.
web-d-until = Indtil
web-d-until-hint = Selve tidspunktet regnes ikke med. Tomt: indtil modtagelsen.
web-d-group-offence = Lovovertrædelse
web-d-offence = Hvad efterforskningen gælder
web-d-offence-provision = Bestemmelse
web-d-offence-months = Strafmaksimum i måneder
web-d-offence-listed = Myndigheden oplyser, at lovovertrædelsen er en af de opregnede
web-d-group-sentence = Dom, der fuldbyrdes
web-d-sentence-months = Straffens længde i måneder
web-d-sentence-months-hint = Kun hvis kendelsen gælder fuldbyrdelse af en dom.
web-d-sentence-in-absentia = Dommen er afsagt, uden at den domfældte var til stede
web-d-sentence-absconded = Den domfældte er undveget
web-d-group-digital-services = Forordningen om digitale tjenester
web-d-digital-services = Det er et påbud efter forordningens artikel 10
web-d-digital-services-reasons = Det angiver, hvorfor oplysningerne er nødvendige
web-d-digital-services-redress = Det oplyser om klagemuligheder
web-d-digital-services-language = Det er på et sprog, som udbyderen har angivet, eller følges af en oversættelse
web-d-group-emergency = Fare
web-d-threat-to = Hvad er i fare?
web-threat-none = Der er ikke oplyst nogen fare
web-threat-person = En persons liv eller sikkerhed
web-threat-infrastructure = Kritisk infrastruktur
web-d-threat-facts = Oplyste omstændigheder
web-d-group-secrecy = Tavshedspligt
web-d-secrecy-provision = Bestemmelse eller pålæg
web-d-secrecy-provision-hint = Lad feltet stå tomt, hvis dokumenterne ikke forbyder noget.
web-d-secrecy-until = Gælder indtil
web-d-secrecy-until-hint = Lad feltet stå tomt, hvis der ikke er angivet nogen slutdato. Bed i så fald om en.
web-d-secrecy-issuer = Besluttet af
web-d-secrecy-issuer-hint = Hvis tavshedspligten følger af en særskilt afgørelse.
web-d-secrecy-issuer-kind = I egenskab af
web-d-secrecy-ordered-on = Afgørelsens dato
web-d-secrecy-certified = Den attesterer den skade, som bestemmelsen kræver
web-d-secrecy-review-notice = Den oplyser om retten til domstolsprøvelse
web-d-controller-told = Underretning af den dataansvarlige
web-controller-told-yes = Den dataansvarlige skal underrettes
web-controller-told-no = Myndigheden beder om, at den dataansvarlige ikke underrettes
web-d-group-deadline = Frist
web-d-answer-by = Der ønskes svar senest
web-d-answer-by-hint = Kun det, dokumenterne angiver. Lovens frister beregnes automatisk.
web-d-group-recipient = Hvem svaret forsegles til
web-d-recipient = Modtager
web-d-recipient-hint = En nøgle, som allerede vides at være myndighedens, går forud for en, der står i dokumenterne.
web-d-recipient-key = Offentlig nøgle
web-d-recipient-key-hint = Tomt, hvis myndigheden ikke har nogen: nogle får i stedet oplyst en engangsadgangsfrase pr. telefon, som det står på myndighedslisten.
web-check = Kontrollér beskrivelsen
web-check-lead = Sammenlign med dokumenterne. Det er dette, der vurderes efter loven.
web-check-unknown = { $count ->
    [one] { $count } ting er ikke kendt
   *[other] { $count } ting er ikke kendt
}
web-unknown-signature = Der er ikke noteret nogen underskrift. Mange love kræver en.
web-unknown-key = Modtagerens nøgle mangler, og ingen oplyser myndigheden en adgangsfrase: uden en af dem kan intet svar forsegles.
web-unknown-key-told = Modtagerens nøgle mangler: et svar forsegles med en engangsadgangsfrase, som { $by } oplyser myndigheden pr. telefon.
web-unknown-offence = Der er ikke angivet nogen lovovertrædelse. Nogle regler afhænger af det.
web-unknown-period = For mindst én af delene er periodens begyndelse ikke angivet.
web-unknown-measure = Det er ikke angivet, hvad afgørelsen giver tilladelse til. For de dele, der afhænger af det, anmodes der om præcisering.
web-unknown-secrecy-end = Tavshedspligten har ingen slutdato.
web-check-void = Med en ny beskrivelse bortfalder alle konklusioner om den gamle.
web-check-why = Hvorfor beskrivelsen ændres
web-check-button = Bekræft beskrivelsen
web-check-change = Ret

## Calling back

web-call-undescribed = Beskriv først anmodningen. Så vises nummeret fra myndighedslisten.
web-call-whom = Ring til { $name } på nummeret i myndighedslisten:
web-call-ours = Nummeret er fundet uafhængigt af anmodningen. Ring aldrig til et nummer, der står i dokumenterne.
web-call-ask = Bed myndigheden oplyse reference, konto og dato. Læs dem ikke selv op.
web-call-unknown = Myndigheden står ikke i myndighedslisten
web-call-unknown-way = Der er intet nummer at ringe til. Find et uafhængigt af dokumenterne, og få administratoren til at skrive det i authorities.toml. Før det er sket, udleveres intet.
web-call-confirmed = { $who } bekræftede anmodningen på { $number }; { $by } ringede.
web-call-denied = { $who } bekræftede ikke anmodningen på { $number }; { $by } ringede.
web-call-result = Hvad sagde myndigheden?
web-call-yes = At den har sendt anmodningen
web-call-no = At den ikke har sendt anmodningen
web-call-who = Hvem der svarede
web-call-who-hint = Navn og stilling, som de blev oplyst
web-call-at = Hvornår
web-call-at-hint = Tomt betyder nu.
web-call-unreached = Svarede ingen? Så registreres intet her. Skriv en notits, og ring igen.
web-call-button = Registrér opkaldet
web-genuine = Er anmodningen ægte?
web-sender-fits = Afsender, myndighedens art og adresser stemmer med myndighedslisten.
web-sender-differs = Dette stemmer ikke med myndighedslisten
web-genuine-question = Kommer anmodningen fra myndigheden?
web-genuine-yes = Ja, den er ægte
web-genuine-no = Nej, eller det kan ikke afgøres
web-genuine-how = Hvordan du ved det
web-genuine-how-hint = Hvad du har sammenlignet, og hvem du har talt med
web-genuine-despite = Hvorfor den alligevel er ægte
web-genuine-despite-hint = Hver advarsel ovenfor skal forklares.
web-genuine-button = Registrér resultatet
web-danger = Oplyst fare
web-danger-believed = Juristen vurderer, at faren er reel.
web-danger-not-believed = Ingen har noteret, at faren vurderes at være reel.
web-danger-question = Vurderer du, at faren er reel?
web-danger-yes = Ja, i god tro
web-danger-no = Nej
web-danger-why = Omstændigheder, som vurderingen bygger på
web-danger-button = Registrér vurderingen
web-danger-counsel = Kun udbyderens jurist kan notere dette.

## Assessment and decision

web-assess = Vurdér efter gældende ret
web-assess-anew = Vurdér igen efter gældende ret
web-assess-not-yet = Anmodningen er endnu ikke vurderet efter loven.
web-assess-granted = { $count ->
    [0] Intet må udleveres.
    [one] { $count } del kan udleveres.
   *[other] { $count } dele kan udleveres.
}
web-assess-others = { $count ->
    [0] Ingen del er undtaget.
    [one] { $count } del udleveres ikke eller afventer.
   *[other] { $count } dele udleveres ikke eller afventer.
}
web-assess-no-count = Hvor mange meddelelser eller poster der er tale om, ved systemet ikke: det ser aldrig ind i en datakilde.
web-aside-facts = Frister og notat
web-aside-papers = Dokumenterne
web-decide = Træf afgørelse om hver del
web-decide-lead = Lovens svar er valgt på forhånd. Et strengere svar kræver en begrundelse.
web-decide-not-yet = Der er endnu intet at træffe afgørelse om: vurdér først anmodningen efter loven.
web-decide-proposed = lovens svar
web-decide-reason = Din begrundelse
web-decide-reason-hint = Myndigheden får den at se. Den er nødvendig, når et svar er strengere end lovens.
web-decide-then = Det, der skal udføres, bliver til en udtræksordre, som to personer underskriver, hvoraf den ene er udbyderens jurist. Før det er sket, udleveres intet.
web-decide-letter-proposed = Sådan lyder det, hvis hver del besvares, som loven foreslår.
web-decide-button = Registrér svarene
web-answer-produce = Udleveres
web-answer-preserve = Sikres
web-answer-narrow = Begrænses
web-answer-in-part = Begrænses: en del udleveres
web-answer-reject = Efterkommes ikke
web-answer-redirect-to-customer = Henvises til kunden
web-answer-redirect-to-treaty-channel = Henvises til international retshjælp
web-answer-challenge = Indbringes for retten
web-answer-wait = Afventer
web-answer-no-data = Ingen sådanne oplysninger kendes her; søgning udestår
web-answer-not-looked-up = Kan ikke fremsøges her
web-answer-ask = Der anmodes om præcisering
web-answer-by-hand = Besvares af en jurist
web-answer-look-up = Først undersøges, hvis konto det er
web-answered-produce = Skal udleveres
web-answered-preserve = Skal sikres: intet udleveres
web-answered-narrow = Er begrænset
web-answered-reject = Er ikke efterkommet
web-answered-redirect-to-customer = Er henvist til kunden
web-answered-redirect-to-treaty-channel = Er henvist til international retshjælp
web-answered-challenge = Er indbragt for retten
web-answered-wait = Afventer
web-answered-no-data = En søgning skal vise, at ingen oplysninger findes
web-answered-not-looked-up = Kunne ikke fremsøges
web-answered-ask = Myndigheden spørges
web-answered-by-hand = Besvares uden for systemet
web-answered-look-up = Det skal undersøges, hvis konto det er

## Signing

web-sign-nothing = Intet i sagen venter på underskrift.
web-sign-leaves = Dette udleveres
web-sign-stays = Dette udleveres ikke
web-sign-to = Forsegles til { $name }
web-sign-how = Underskriv, eller lad være
web-sign-why-two = Hvis nogen havde overtaget systemet, kunne det vise dig én ting og få dig til at underskrive en anden. Derfor sker en af de to underskrifter på underskriverens egen computer, hvor teksten vises igen.
web-sign-own = På din egen computer
web-sign-own-how = Hent filen, underskriv den dér, og indlever underskrifterne her. Disse ord skal være de samme på din computer.
web-sign-fetch = Hent det, der skal underskrives
web-sign-bring = Dine underskrifter
web-sign-bring-hint = Filen, som din computer har dannet
web-sign-bring-button = Tilføj underskrifterne
web-sign-one-file = Vælg kun én fil: den, som din computer har dannet.
web-sign-no-signatures = Filen indeholder ingen underskrifter.
web-sign-other-case = Underskrifterne gælder en anden sag.
web-sign-not = Underskriv ikke
web-sign-here = Her, med din adgangsnøgle
web-sign-here-none = Du har ingen adgangsnøgle, der står på listen over beføjede personer. Hvordan den kommer dertil, står på din side:
web-sign-here-not-first = Ikke endnu: først skal nogen underskrive på sin egen computer. Hvis nogen havde overtaget systemet, kunne det vise dig én ting her og få dig til at underskrive en anden.
web-sign-here-button = Underskriv med din adgangsnøgle
web-sign-here-failed = Adgangsnøglen underskrev ikke. Intet er tilføjet.
web-sign-not-typed = Det, du skrev, er ikke det, udtræksordren gælder. Intet er underskrevet.
web-sign-changed = Udtræksordren afventer ikke længere en underskrift. Læs siden igen.

## Clocks

web-record = Registrér, hvad der er sket
web-record-lead = Det, der starter, standser eller flytter en frist, og hvordan det vides.
web-record-what = Hvad
web-record-when = Hvornår
web-record-how = Hvordan det vides
web-record-how-hint = Et brev, et opkald, tidspunktet på en mailserver
web-record-button = Registrér hændelsen

## Closing

web-close-lead = I en afsluttet sag overgives der ikke mere. Udtræksordrer, som intet udtræksprogram har udført, tilbagekaldes.
web-close-runs = { $count ->
    [one] { $count } forpligtelse løber stadig
   *[other] { $count } forpligtelser løber stadig
}
web-close-why = Hvorfor sagen afsluttes
web-close-button = Afslut sagen
web-close-keep-button = { $count ->
    [one] Afslut sagen, behold { $count } forpligtelse
   *[other] Afslut sagen, behold { $count } forpligtelser
}
web-close-not = Afslut ikke
web-close-closed = Sagen er afsluttet.
web-reopen-why = Hvorfor sagen genoptages
web-reopen-button = Genoptag sagen

## Authorities, people, law

web-authorities-lead = Kontaktoplysninger fra kilder, der er uafhængige af de anmodninger, der kommer ind. Administratoren fører listen i authorities.toml.
web-authorities-count = { $count ->
    [one] { $count } myndighed
   *[other] { $count } myndigheder
}
web-authorities-none = Ingen har endnu kontrolleret nogen myndigheds kontaktoplysninger.
web-authority-name = Navn
web-authority-country = Land
web-authority-number = Nummer til kontrolopkald
web-authority-domains = E-maildomæner
web-authority-key = Nøglen i ord
web-authority-no-key = ingen kendt nøgle
web-authority-passphrase = ingen nøgle; { $by } oplyser en adgangsfrase for hvert svar, pr. telefon på nummeret her
web-people-lead = Administratoren fører listen i people.toml og nøglerne på listen over beføjede personer. Hvert udtræksprogram har sin egen liste over beføjede personer, og dér gælder kun den.
web-people-count = { $count ->
    [one] { $count } post
   *[other] { $count } poster
}
web-person-name = Navn
web-person-role = Rolle
web-person-passkeys = Adgangsnøgler til login
web-person-signs = Underskriver udtræksordrer
web-person-signs-not = nej
web-person-own-machine = på egen computer
web-person-desk-machine = ja
web-law-title = Sådan besvares anmodninger om oplysninger
web-law-lead = { $provider } besvarer myndigheders anmodninger om brugeres oplysninger efter disse regler. Reglerne læses direkte af det program, der anvender dem.
web-law-sentence-1 = Hver anmodning gemmes, som den kom ind, med tidspunkt og afsender.
web-law-sentence-2 = Før noget udleveres, ringes myndigheden op på et nummer, der er fundet uafhængigt af anmodningen.
web-law-sentence-3 = Hver del vurderes efter loven: kun det, som en regel tillader, og ingen regel forbyder, udleveres.
web-law-sentence-4 = Det, der udleveres, kræver underskrift af to personer, hvoraf den ene er udbyderens jurist.
web-law-sentence-5 = Dér, hvor oplysningerne er lagret, kontrollerer et program det hele igen, trækker det ud, der skal udleveres, og intet andet, og forsegler det til myndigheden.
web-law-sentence-6 = Hvert af disse skridt efterlader et spor i en offentlig log, hvor intet kan ændres bagefter, uden at det kan ses.
web-law-rules = Gældende regler
web-law-as-of = Retstilstanden { $day }.
web-law-advice = Reglerne er fortolkninger af loven og ikke juridisk rådgivning. Hver regel har en side, der angiver, hvor langt kilden er kontrolleret, og om en jurist har gennemgået den.
web-law-count = { $count ->
    [one] { $count } regel
   *[other] { $count } regler
}
web-law-effect = Virkning
web-law-says = Betydning
web-law-source = Kilde
web-law-permits = tillader
web-law-forbids = forbyder
web-law-preserves = tillader sikring
web-law-more = Kilder og betingelser

## Challenges, what was withheld, settings

web-nav-challenges = Indsigelser
web-nav-withheld = Gennemgang
web-done-reviewed = Juristens afgørelse er modtaget. Udtræksordren til den afventer to underskrifter, den ene fra den jurist, der traf afgørelsen.
web-done-settings-kept = Dine indstillinger er gemt.
web-now-filing = Skal gøres: indbring for retten
web-now-court = Afventer retten
web-tab-challenge = Indsigelse
web-tab-withheld = Gennemgang
web-task-challenge = Indsigelse
web-task-withheld = Gennemgang af det tilbageholdte
web-take = Tag sagen

## The challenge

web-challenges-lead = Sager, hvor der gøres indsigelse mod noget, indtil de afsluttes, afgøres på anden måde eller anmodningen trækkes tilbage.
web-challenges-empty = Der gøres ikke indsigelse mod noget.
web-challenges-how-much = Dele
web-challenges-parts = Del { $parts }
web-standing-since = Siden
web-challenge-is-to-file = Endnu ikke indbragt for retten
web-challenge-is-before = Retten behandler spørgsmålet
web-challenge-is-ruled = Spørgsmålet er afgjort
web-challenge-is-withdrawn = Myndigheden har trukket anmodningen tilbage
web-challenge-is-none = Der gøres ikke længere indsigelse mod nogen del
web-challenge-now-to-file = Skal gøres: indbring
web-challenge-now-before = Afventer retten
web-challenge-now-ruled = Skal gøres: følg op på afgørelsen
web-challenge-now-withdrawn = Færdig
web-challenge-against = Mod anmodningen fra { $authority }, { $reference }. Det, der gøres indsigelse mod, udleveres ikke, før det er afgjort.
web-challenge-decided = Beslut om at gøre indsigelse
web-challenge-recorded = registreret af { $who }, { $at }
web-challenge-filed = Indbragt for retten
web-challenge-filed-means = Begæringen om prøvelse er hos retten.
web-challenge-filed-record = Registrér indbringelsen
web-challenge-filed-how = Ved hvilken ret, under hvilket nummer, og hvordan det vides
web-challenge-objected = Indsigelse fremsat
web-challenge-objected-means = Den begrundede indsigelse efter artikel 17 sendes til den udstedende myndighed med formularen i bilag III. Når formularen sendes, registreres den.
web-challenge-objected-record = Registrér indsigelsen
web-challenge-objected-how = Til hvem den blev sendt, og hvordan det vides
web-challenge-review = Retten er anmodet om at prøve den
web-challenge-review-means = Den udstedende myndighed har henvendt sig til sin ret. Kendelsen fuldbyrdes ikke, før prøvelsen er afsluttet.
web-challenge-review-record = Registrér prøvelsen
web-challenge-review-how = Hvilken ret der har spørgsmålet, og hvordan det vides
web-challenge-heard = Retsmøde
web-challenge-heard-means = Retten hører parterne. Den kan afgøre spørgsmålet uden retsmøde.
web-challenge-heard-record = Registrér retsmødet
web-challenge-heard-how = Hvem der var til stede, og hvad der blev sagt af betydning
web-challenge-ruled = Afgørelse
web-challenge-ruled-means = Ophævet: delen afsluttes. Stadfæstet: kær, eller juristen angiver, hvad retten lagde vægt på, og vurderingen foretages igen.
web-challenge-ruled-record = Registrér afgørelsen
web-challenge-ruled-how = Hvad retten besluttede, under hvilket nummer, og hvordan det vides
web-challenge-review-ended = Prøvelsen er afsluttet
web-challenge-review-ended-means = Ophævet: delen afsluttes. Stadfæstet: kær, eller juristen angiver, hvad retten lagde vægt på, og vurderingen foretages igen.
web-challenge-review-ended-record = Registrér, at prøvelsen er afsluttet
web-challenge-review-ended-how = Hvad der blev besluttet, og hvordan det vides
web-challenge-appealed = Kære
web-challenge-appealed-means = Af os eller af myndigheden. En kære standser i sig selv ingen frist; det gør en ret, der tillægger den opsættende virkning.
web-challenge-appealed-record = Registrér en kære
web-challenge-appealed-how = Hvem der kærede, til hvilken ret, og hvordan det vides
web-challenge-appeal-decided = Afgørelse af kæren
web-challenge-appeal-decided-means = Den har samme følger som den første afgørelse.
web-challenge-appeal-decided-record = Registrér afgørelsen af kæren
web-challenge-appeal-decided-how = Hvad retten besluttede, og hvordan det vides
web-challenge-supporters = Støtte fra andre
web-challenge-supporters-means = Andre, der støtter, nævnes her med deres dokumenter.
web-challenge-supporters-record = Tilføj en støtte
web-challenge-supporters-how = Hvem det er, og hvordan det vides
web-challenge-supporters-none = Ingen endnu.
web-challenge-end = Afslutning
web-challenge-end-means = Ophævet og afsluttet, stadfæstet og udleveret, trukket tilbage af myndigheden eller erstattet af en anmodning om retshjælp.
web-challenge-if-lifted = Anmodningen står ikke ved magt:
web-challenge-if-upheld = Anmodningen står ved magt. Juristen angiver i beskrivelsen, hvad retten lagde vægt på; derefter foretages vurderingen igen:
web-challenge-letter = Brev: { $kind }
web-challenge-beside = Frister og støtte fra andre
web-challenge-clocks = Hvad der sker med fristerne
web-challenge-by-us = standset af os, ikke af en ret
web-challenge-suspended = suspenderet, indtil rettens prøvelse er afsluttet
web-challenge-clock-starts = Starter en frist: { $clock } ({ $cite })
web-challenge-clock-ends = Afslutter en frist: { $clock } ({ $cite })
web-challenge-clock-pauses = Suspenderer en frist: { $clock } ({ $cite })
web-challenge-clock-runs-on = Lader en frist løbe videre: { $clock } ({ $cite })
web-challenge-clock-moves = Flytter en frist: { $clock } ({ $cite })
web-challenge-clock-none = Flytter ingen frist.
web-challenge-clock-done = Afsluttet ved { $by }
web-challenge-clock-paused = suspenderet
web-challenge-clock-passed = er udløbet
web-challenge-counts = I statistikken
web-challenge-counts-means = En del, der gøres indsigelse mod, tælles som sådan og aldrig som udleveret, indtil den besvares på anden måde.
web-challenge-papers = Dokumenter
web-challenge-papers-none = Der er ikke kommet dokumenter, siden det blev besluttet at gøre indsigelse.
web-challenge-papers-counsel = Alle sagsbehandlere læser disse. Det, som kun juristen må læse, hører hjemme i et notat til juristen.
web-challenge-column-paper = Dokument
web-challenge-column-by = Af
web-challenge-column-when = Hvornår
web-challenge-column-read = Hvem der må læse det
web-challenge-read-desk = alle sagsbehandlere
web-challenge-read-sent = alle sagsbehandlere og modtageren
web-challenge-which = Hvad der blev gjort
web-challenge-files = Dokumenter, der hører til
web-challenge-files-hint = Begæringen, retsbogen, afgørelsen. De gemmes i sagen.
web-letters-objects = Dette brev er selv indsigelsen eller begæringen
web-letters-objects-hint = Det sendes til den, der træffer afgørelsen. Så registreres den som fremsat, og fristen for den er slut.

## What was withheld

web-withheld-lead = Sager, hvor et udtræksprogram har tilbageholdt noget, som juristen ikke har truffet afgørelse om i sin helhed.
web-withheld-empty = Intet af det tilbageholdte afventer juristen.
web-withheld-how-much = Tilbageholdt
web-withheld-things = { $count ->
    [one] { $count } post
   *[other] { $count } poster
}
web-withheld-count = { $count ->
    [one] { $count } post blev tilbageholdt
   *[other] { $count } poster blev tilbageholdt
}
web-withheld-produced = { $count ->
    [one] Samme søgning gav { $count } post til udlevering.
   *[other] Samme søgning gav { $count } poster til udlevering.
}
web-withheld-why = Om de øvrige kunne udtræksprogrammet ikke afgøre, om de er omfattet.
web-withheld-told = Myndigheden får at vide, at de afventer gennemgang.
web-withheld-not-here = Ingen kan læse dem her.
web-withheld-lies = De ligger i { $region } og bliver der. Udtræksprogrammet der viser dem til juristen.
web-withheld-seen = Her ses hvor mange, hvilken kategori, siden hvornår, og hvad juristen har afgjort. Her ses ikke indhold, afsendere, emner, mapper og datoer. De findes aldrig i sagssystemet, så den, der overtager det, får intet at vide om dem.
web-withheld-waiting = Afventer juristen
web-withheld-decided = { $count ->
    [one] { $count } er afgjort
   *[other] { $count } er afgjort
}
web-withheld-what = Hvad der blev søgt
web-withheld-period = Perioden
web-withheld-reason = Hvorfor det blev tilbageholdt
web-withheld-reason-undated = Dets dato, eller hvad der hører til det, kunne ikke fastslås. Grunden for hver enkelt står i listen dér, hvor de ligger.
web-withheld-by = Af hvem
web-withheld-agent = Udtræksprogrammet i { $region }
web-withheld-since = Siden
web-withheld-look = Gennemgå hver enkelt dér, hvor de ligger
web-withheld-look-how = Juristen, ved udtræksprogrammets computer eller sammen med den, der passer det.
web-withheld-commands = Hvad der skrives dér
web-withheld-command-list = Hvad der er tilbageholdt, og hvorfor
web-withheld-command-show = Hvad nummer 1 indeholder
web-withheld-command-release = Frigiv den, med en begrundelse, som myndigheden læser
web-withheld-command-refuse = Tilbagehold flere, med en begrundelse
web-withheld-command-out = Skriv ned, hvad der blev afgjort, til denne side
web-withheld-counsel-id = JURIST
web-withheld-own-key = Afgørelsen gælder kun med underskrift fra den jurist, der traf den, under den udtræksordre, der følger.
web-withheld-bring-title = Aflever, hvad der blev afgjort
web-withheld-bring-lead = Filen indeholder numre, begrundelser og kontrolsummer, underskrevet af udtræksprogrammet, og intet af det tilbageholdte.
web-withheld-bring = Filen fra udtræksprogrammet
web-withheld-bring-hint = review.note, som udtræksprogrammet skrev den
web-withheld-bring-button = Modtag den, og skriv udtræksordren
web-withheld-one-file = Vælg den ene fil, som udtræksprogrammet skrev.
web-withheld-sign = To underskrifter
web-withheld-sign-who = En egen udtræksordre. Den ene underskrift er fra den jurist, der traf afgørelsen.
web-withheld-package = En pakke, der nævner dem
web-withheld-recalled = Udtræksordren til denne søgning er tilbagekaldt.
web-withheld-outcome-open = Afgjort af { $by }, endnu ikke udført
web-withheld-outcome-done = Afgjort af { $by } og udført
web-withheld-outcome-void = Afgjort af { $by }; udtræksordren kan ikke længere udføres
web-withheld-column-number = Nr.
web-withheld-column-decision = Afgørelse
web-withheld-column-reason = Begrundelse
web-withheld-released = Udleveres
web-withheld-refused = Tilbageholdes
web-withheld-beside = Hvordan det vurderes
web-withheld-weigh = Hvordan det vurderes
web-withheld-weigh-date = Et datofelt er afsenderens ord. Et Received-felt fra vores egen server er vores eget.
web-withheld-weigh-nothing = Det, som intet daterer, er ikke vist at ligge inden for perioden: tilbagehold det.
web-withheld-permit = Hvis tilladelsen udløber først
web-withheld-permit-at = Den udløber { $at }
web-withheld-permit-means = Derefter udleveres intet mere med støtte i den. Det, ingen har truffet afgørelse om, bliver, hvor det ligger.

## Settings and keys

web-settings-mine = Dine indstillinger
web-settings-what = Sprog, tidszone, hvad du ser først, taster
web-settings-lead = De ændrer, hvad du ser, i hver browser, hvor du logger ind, og intet for andre.
web-settings-zone = Tidszone
web-settings-zone-hint = Den, som du læser og skriver tider i. Hver side angiver, hvilken det er.
web-settings-zone-own = Som sagssystemet: { $zone }
web-settings-start = Hvad du ser først
web-start-mine = Mine sager
web-start-today = Det, der skal gøres senest i dag
web-start-unassigned = Ikke tildelte sager
web-start-open = Alle åbne sager
web-start-inbox = Indbakken
web-start-counsel = Det, der afventer juristens underskrift
web-start-challenges = Indsigelser
web-start-withheld = Det tilbageholdte
web-start-audit = Det, der holdes øje med
web-start-order = Er alt i orden?
web-settings-keys = Genveje med én tast
web-settings-keys-hint = Gælder ikke i felter og er aldrig nødvendige. Ingen tast underskriver, sender, afgør eller afslutter.
web-settings-button = Gem indstillingerne
web-keys = Taster
web-keys-on = Til
web-keys-off = Fra
web-keys-are-on = De er slået til. Du kan slå dem fra:
web-keys-are-off = De er slået fra. Du kan slå dem til:
web-keys-lead = Alt, hvad de gør, findes også som link, knap eller felt på siden.
web-keys-everywhere = Overalt
web-keys-list = I en liste
web-keys-case = I en sag
web-key-search = søg
web-key-work = til arbejdslisten
web-key-inbox = til indbakken
web-key-duties = til forpligtelserne
web-key-new = ny sag
web-key-save = gem den formular, du er i
web-key-keys = denne side
web-key-next = næste sag
web-key-previous = forrige sag
web-key-open = åbn
web-key-move = flyt
web-key-off = tasterne kan slås fra
web-key-back = tilbage til listen
web-key-tabs = sagens sider, fra venstre mod højre
web-key-take = tag sagen
web-key-hand-over = overdrag den
web-key-call = ring tilbage
web-key-note = skriv et notat
web-key-page-next = næste side i originalet
web-key-page-before = forrige side i originalet

## Joining and splitting

web-done-joined = De to sager er nu én. Dokumenterne og den tidligere modtagelse findes her.
web-done-split = Dette er nu en selvstændig sag, modtaget da dokumenterne kom. Beskriv den som det næste.
web-joined-to = Anmodningen kom igen; den besvares i
web-join = Slå denne sag sammen med
web-join-hint = Sagen med den samme anmodning. Denne afsluttes; dokumenterne og modtagelsen overføres dertil.
web-join-button = Slå sammen
web-split = To anmodninger kom i disse dokumenter
web-split-why = Hvorfor det er en selvstændig anmodning
web-split-lead = Den anden bliver en selvstændig sag med de dokumenter, du vælger. De bliver også her.
web-split-which = Dokumenter, der hører til den anden anmodning
web-split-button = Gør den til en selvstændig sag

## Flere sager på en liste på én gang, og en liste med et udvalg

web-column-pick = Markér
web-several = De markerede sager
web-several-pick = Markér sag { $case }
web-several-take = Tag dem
web-several-to = Sagsbehandler
web-several-nobody = Ingen
web-several-none = Ingen sag er markeret. Markér i felterne til venstre på listen.
web-several-done = { $count ->
    [one] Én sag har fået ny sagsbehandler.
   *[other] { $count } sager har fået ny sagsbehandler.
}
web-several-with = Sagsbehandler nu: { $name }.
web-several-not = { $count ->
    [one] Én sag beholder sin sagsbehandler
   *[other] { $count } sager beholder deres sagsbehandler
}
web-several-rest = I disse blev intet ændret. For de andre gælder ændringen.
web-several-back = Tilbage til listen
web-done-assigned-several = Sagerne har fået ny sagsbehandler.
web-filter = Afgræns listen
web-filter-any = Alle
web-filter-authority = Myndighed
web-filter-reference = Reference
web-filter-country = Myndighedens land
web-filter-instrument = Anmodningens art
web-filter-since = Modtaget fra og med
web-filter-until = Modtaget til og med
web-filter-state = Status
web-filter-button = Vis
web-filter-clear = Vis hele visningen
web-filter-nothing = Ingen sag i visningen svarer til afgrænsningen.
web-filter-words = Sager med ordene: { $words }
cases-none-fit = Ingen sag svarer til afgrænsningen.
cases-half-searched = { $count ->
    [one] { $count } sag har flere ord, end søgningen gemmer, og kan mangle her.
   *[other] { $count } sager har flere ord, end søgningen gemmer, og kan mangle her.
}
web-key-select = markér sagen, eller fjern markeringen
web-key-take-ticked = tag de markerede sager, eller den, du står på
web-key-hand-over-ticked = overdrag de markerede sager, eller den, du står på
web-key-filter = afgræns listen
web-key-larger = større sider i originalen
web-key-smaller = mindre sider i originalen
web-original-size = Størrelse
web-original-percent = { $size } %

## Arbejdsgrupper

web-group = Gruppe: { $group }
web-groups = Grupper
web-groups-lead = Sagsbehandlere og jurister ser og behandler sagerne i deres egne grupper og får intet at vide om andre. Kontrollanter ser dem alle.
web-group-name = Gruppe
web-group-cases = Hvilke sager
web-group-people = Sagsbehandlere og jurister
web-group-authorities = Myndigheder i { $countries }
web-group-companies = Vores selskaber i { $countries }, når ingen gruppe svarer myndighedens eget land
web-group-rest = Alle andre og det ubeskrevne, som ingen anden gruppe har
web-group-nobody = Ingen endnu
web-group-to = Gruppe, der får sagen
web-group-to-hint = Den, der ikke arbejder i gruppen, ser ikke længere sagen.
web-group-why = Hvorfor den skal have sagen
web-group-button = Overdrag til gruppen
web-done-handed-to-group = Sagen ligger hos en anden gruppe. Ingen behandler den endnu.
web-done-of-another-group = Det er registreret. Sagen ligger nu hos en anden gruppe og er ikke længere på din liste.
