"""The words by which a text tells of a person, without accents and in small letters.

Spanish and English stand together: reports mix them. A word that is also an everyday word, or a
place's, stands in `AMBIGUOUS`, and is a name only beside another sign.
"""

import re
from itertools import product


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def cue_words(cues: str, others: str = "") -> frozenset[str]:
    """Return words without which no cue of a pattern stands in a text: its longest, in each form.

    That of "de nombres?" are two, that of "llamad[oa]s?" four. A cue that has other marks of a
    pattern than these has its words among the `others`.
    """
    every = word_set(others)
    for cue in re.sub(r"[(][^()]*[)]| [?]", "#", cues).split("|"):
        words = [word for word in cue.split() if re.fullmatch(r"([a-z]\??|\[[a-z]+\]\??)+", word)]
        letters = re.findall(r"(\[[a-z]+\]|[a-z])(\??)", max(words, key=len, default=""))
        ways = [[*letter.strip("[]"), *([""] if may_lack else [])] for letter, may_lack in letters]
        every |= set(map("".join, product(*ways)))
    return every


CHILD = word_set(
    "nino nina ninito ninita menor adolescente joven jovencito jovencita muchacho muchacha chico "
    "chica bebe infante infanta lactante hijo hija hermano hermana hermanito hermanita gemelo "
    "gemela nieto nieta sobrino sobrina pequena pequeno nna mna "
    "child boy girl minor teenager teen youth adolescent infant baby toddler newborn son daughter "
    "brother sister sibling nephew niece grandson granddaughter kid youngster uac uam uc mena "
    "stepson "
    "stepdaughter"
)
"""One child, or one of a family's."""

RELATIVE = word_set(
    "madre padre mama papa tio tia abuelo abuela abuelita abuelito primo prima tutor tutora "
    "padrastro madrastra cunado cunada esposo esposa pareja novio novia madrina padrino progenitor "
    "progenitora encargado encargada familiar "
    "mother father mom mum mommy dad daddy uncle aunt auntie grandmother grandfather grandma "
    "grandpa cousin guardian sponsor stepfather stepmother husband wife relative caregiver"
)

PERSON = word_set(
    "senor senora senorita sr sra srta don dona paciente victima sobreviviente solicitante "
    "migrante retornado retornada ciudadano ciudadana connacional compatriota alumno alumna "
    "estudiante persona testigo denunciante mujer hombre ella masculino "
    "masculina femenino femenina "
    "mr mrs ms miss patient victim survivor applicant claimant migrant returnee student pupil "
    "she he person woman man female male speaker witness passenger national"
)

ONE = CHILD | RELATIVE | PERSON

MANY = word_set(
    "ninos ninas menores adolescentes jovenes muchachos muchachas chicos chicas bebes infantes "
    "lactantes hijos hijas hermanos hermanas hermanitos hermanitas gemelos gemelas nietos "
    "sobrinos madres padres mamas papas tios tias abuelos primos tutores familiares parientes "
    "pacientes victimas solicitantes migrantes retornados retornadas ciudadanos connacionales "
    "compatriotas alumnos alumnas estudiantes personas mujeres hombres funcionarios agentes "
    "oficiales consules familias nnas "
    "children boys girls minors teenagers teens youths adolescents infants babies sons daughters "
    "brothers sisters siblings twins nephews nieces kids uacs mothers fathers parents moms dads "
    "uncles aunts grandparents cousins guardians sponsors relatives patients victims survivors "
    "applicants claimants migrants returnees students pupils persons people women men officers "
    "agents officials staff families"
)

DEMONYM = word_set(
    "hondureno hondurena guatemalteco guatemalteca salvadoreno salvadorena nicaraguense mexicano "
    "mexicana costarricense panameno panamena beliceno belicena dominicano dominicana haitiano "
    "haitiana venezolano venezolana cubano cubana estadounidense canadiense garifuna"
)
"""Somebody behind "un" or "una": "una nicaragüense"."""

NAMED_TOGETHER = word_set(
    "hermanos hermanas hermanitos hermanitas gemelos gemelas primos ninos ninas menores "
    "adolescentes jovenes hijos hijas padres "
    "siblings brothers sisters twins cousins children boys girls minors teenagers sons daughters "
    "parents"
)
"""Several whose names may follow: "los hermanos Brayan y Katherin"."""

NAMED_BESIDE = ONE | NAMED_TOGETHER

GENERIC_BEFORE = word_set(
    "cada todo toda cualquier ningun ninguna any every each either o u ni or nor whether "
    "superior derecho derechos rights interests"
)

NOT_A_PERSON_AFTER = {
    "menor": word_set(
        "medida numero cantidad grado escala costo tiempo proporcion porcentaje riesgo plazo "
        "que a gasto incidencia presencia"
    ),
    "minor": word_set(
        "changes change adjustments corrections delays delay amendments updates edits issues "
        "revisions repairs works"
    ),
    "child": word_set(
        "protection welfare rights labour labor trafficking care safeguarding development "
        "services marriage health migration participation support friendly sensitive victims "
        "migrants poverty nutrition"
    ),
    "youth": word_set("network shelter programme program centre center policy services clubs"),
    "nina": word_set("s"),
    "persona": word_set("juridica"),
    "student": word_set("exchange visas"),
    "victim": word_set("support assistance services identification"),
    "national": word_set("plan system law network committee council authorities action level"),
    "migrant": word_set("children care policy rights smuggling population route flows"),
    "familiar": word_set("s"),
}
"""Words that take a noun for something else: "child protection", "en menor medida"."""

AGED_THINGS = word_set(
    "plan plazo periodo programa proceso pena condena vigencia curso tratamiento seguimiento "
    "duracion acompanamiento estancia estadia intervalo promedio rango contrato convenio acuerdo "
    "proyecto ciclo experiencia trayectoria prorroga visa permiso espera fase etapa ley red "
    "programme program project agreement network law contract act system partnership plan "
    "protocol building tradition institution policy treaty"
)
"""What lasts some years, or is some years old, and is nobody."""

GENERAL_OF_PLACES = word_set("san santa santo sto sta st saint ste")

INSTITUTION = word_set(
    "hogar casa hospital escuela colegio instituto centro albergue fundacion asociacion ley "
    "decreto acuerdo convenio convencion protocolo programa proyecto sistema alerta red mesa "
    "comision consejo ministerio secretaria direccion parque calle avenida boulevard bulevar "
    "colonia col barrio aldea caserio canton municipio departamento provincia estado ciudad "
    "villa puerto rio lago isla aeropuerto terminal puente frontera paso operacion operativo "
    "plan campana estrategia premio universidad iglesia parroquia pastoral mision misioneros "
    "congregacion clinica unidad juzgado tribunal corte corredor comunidad jardin guarderia "
    "kinder estadio plaza sala edificio torre cerro finca playa valle liceo residencial "
    "institucion organizacion entidad iniciativa sentencia modelo metodo escala prueba "
    "doctrina manual guia catedra beca "
    "act law bill home house shelter school college institute center centre foundation "
    "association programme program project system alert network committee commission council "
    "ministry park street avenue road city town village port river lake island airport bridge "
    "border operation campaign strategy award university church parish mission clinic unit "
    "court convention protocol agreement treaty declaration hall building tower square room "
    "community fund trust society institution initiative reauthorization day decree model scale "
    "settlement lawsuit consulado consulados consulate embajada embassy municipios departamentos "
    "comunidades aldeas colonias escuelas hospitales centros albergues hogares casas ciudades "
    "estados provincias barrios leyes fronteras puertos refugio shelters schools cities towns "
    "index method doctrine hurricane huracan tormenta storm iota eta"
)
"""What is named after people, and where names stand that are no person's."""

THINGS = INSTITUTION | AGED_THINGS

OFFICE = word_set(
    "lic licda licenciado licenciada dr dra doctor doctora ing ingeniero ingeniera ministro "
    "ministra viceministro viceministra embajador embajadora consul director directora presidente "
    "presidenta secretario secretaria canciller subsecretario subsecretaria jefe jefa "
    "coordinador coordinadora representante comisionado comisionada delegado delegada oficial "
    "magistrado magistrada juez jueza relator relatora procurador procuradora defensor defensora "
    "titular experto experta consultor consultora vicecanciller gobernador alcalde alcaldesa "
    "diputado diputada senador senadora autor autora "
    "minister ambassador director secretary president chair chairperson prof professor officer "
    "commissioner judge rapporteur representative coordinator delegate expert consultant head "
    "vice deputy governor mayor senator congressman pope author"
)
"""Who is named for an office speaks for it; the name is no case's."""

PUBLIC_NAMES = (
    "benito juarez", "francisco morazan", "jose marti", "justo rufino", "juan santamaria",
    "manuel antonio", "simon bolivar", "augusto sandino", "ramon villeda", "juan pablo",
    "felipe carrillo", "jose trinidad", "cristobal colon", "jose cecilio", "rafael landivar",
    "martin luther", "palma sola", "miguel hidalgo", "jose maria morelos", "emiliano zapata",
    "lazaro cardenas", "venustiano carranza", "francisco villa", "gustavo diaz", "ruben dario",
    "belisario dominguez", "jose santos", "juan francisco", "rodolfo robles", "pedro de alvarado",
    "jacobo arbenz", "santo domingo", "don bosco", "martin de porres",
)  # fmt: skip
"""Of the dead, who stand in the names of places and houses."""

GIVEN = word_set(
    # of the region, in the forms in which registers write them
    "abigail abraham adela adelaida adilia adolfo adrian adriana agustin aida alan alba alberto "
    "aldair alejandra alejandro alexa alexander alexandra alexis alfonso alfredo alicia allan "
    "alma alondra alvaro amalia amanda ambar amelia amilcar amparo ana anabel anahi andrea "
    "andres andy anely angel angela angelica angelina angelito angie anibal anthony antonia "
    "antonio antony araceli ariana ariel armando arnold arturo astrid augusto aurelio aurora "
    "axel ayleen azucena baltazar barbara bayron beatriz belen benjamin berenice bernardo berta "
    "bertha betty blanca brandon brayan braulio brenda brian briana brithany britany brittany "
    "bryan byron camila camilo candelaria candida carina carla carlitos carlos carmela carmen "
    "carmencita carolina catalina catarina catherine cecilia celeste celia celso cesar cindy "
    "clara clarisa claudia claudio clemente concepcion consuelo corina cristal cristian cristina "
    "cristofer cristopher cruz cynthia daisy dalia damaris damian daniel daniela danilo danny "
    "darlin darwin david dayana dayanara deisy delfina delia delmy denia denilson denis denise "
    "dennis derian derick deysi diana didier diego dilcia dina dolores domingo dora "
    "doris dulce dunia eber eddy edelmira eder edgar edgardo edilberto edith edson eduardo "
    "eduin edvin edwin efrain eladio elda elena eleazar elena elias elida eliezer elisa elisabeth "
    "elizabeth ellen elmer elsa elsy elvia elvin elvira emanuel emerson emilia emiliano emilio "
    "emma enma enrique eric erica erick ericka erika erlin ernestina ernesto ervin esmeralda "
    "esperanza esteban estefani estefania estela ester esther estuardo eugenia eugenio eulalia "
    "eva evelin evelyn ezequiel fabian fabiola fatima federico felicita felipa felipe felix "
    "fermin fernanda fernando fidel fidelia filomena flor francis francisca francisco franklin "
    "fredy freddy frida gabriel gabriela genesis genaro georgina gerardo gerson gilberto gilda "
    "giovanni gisela gladis gladys glenda gloria gonzalo graciela gregoria gregorio greisy "
    "griselda guadalupe guillermo gustavo hector heidi helen henry herlinda hermelinda hilda "
    "hugo humberto ian ignacio iliana imelda ines ingrid irene iris irma isaac isabel isabela "
    "isai isaias isidro ismael israel itzel ivan ivania ivette ivonne izabel jacinta jacinto "
    "jacob jacobo jacqueline jaime jairo jamileth janeth jaqueline jared jasmin javier jazmin "
    "jeferson jefferson jefry jenifer jennifer jenny jeremias jeremy jesica jessica jesus jhon "
    "jhony jimena jimmy joaquin joel johana johanna john johnny jonatan jonathan jordan jorge "
    "jose josefa josefina joselin joselyn joseph joshua josue josselin jovita juan juana juanita "
    "juanito juliana juliano julian juliana julieta julia justin justina karen karina karla "
    "katerin katherin katherine kathy katia katy keily keiry keli kelly kelvin kener keneth "
    "kenia kenneth kenny kenya kerlin kevin keyla kimberly kimberlin lady laura lazaro leandro "
    "leidy leonardo leonel leonor leopoldo lesbia lesly leslie leticia lety lidia ligia lilian "
    "liliana lisandro lisbeth litzy liz lizbeth lizeth lorena lorenzo loyda lourdes lucas lucia "
    "luciano lucila lucrecia ludin luis luisa luisito lupita luz mabel madelin magaly magdalena "
    "maicol manuel manuela marcela marcelino marcelo marco marcos margarita mariajose maria "
    "mariana mariano mariela marilu marilyn marina mario marisela marisol maritza marleni "
    "marlene marlin marlon marta martha martin martina marvin mary mateo mathias matias "
    "matilde mauricio maura maximo maycol mayra maynor melani melanie melany melissa melvin "
    "mercedes merlin michael michelle miguel miguelito milagro milagros milton mireya miriam "
    "mirian mirna misael moises monica monserrat mynor nahomi nahomy nancy naomi natalia "
    "nataly natividad nayeli nehemias nelly nelson nery nestor nicol nicole nicolas nidia nilda "
    "noe noelia noemi nohemi nora norberto norma norman odalis odilia ofelia olga olimpia oliver "
    "olivia olvin omar orlando oscar oscarito osman osmin oswaldo otto pablo pablito pamela "
    "paola patricia patricio paula paulina pedro pedrito perla petrona pilar rafael rafaela "
    "ramiro ramon randy raquel raul rebeca reina reinaldo rene reyna ricardo rigoberto rita "
    "roberto rocio rodolfo rodrigo rogelio rolando roman romeo romina ronald ronaldo ronal rony "
    "rosa rosalba rosalia rosalina rosalinda rosario rosaura rosita roxana ruben rubenia rudy "
    "rufino ruth sabrina salomon salvador samantha samuel sandra santiago santos sara sarah "
    "sarai saul sebastian selena selvin sergio sheila sherlyn shirley silvia simeon simon sofia "
    "soledad sonia soraya stefany stephanie steven susana suyapa tania tatiana teodoro teofilo "
    "teresa tereza tiffany tito tobias tomas tomasa toribio trinidad ubaldo ulises uriel "
    "valentina valeria vanesa vanessa veronica vicente victor victoria victorina vilma violeta "
    "virginia vivian viviana walter walther wendy wilber wilfredo william wilmer wilson "
    "wilian willian xavier ximena xiomara yadira yahir yajaira yamileth yanira yaneth yareli "
    "yaritza yasmin yeferson yefri yeison yenifer yeni yeny yeimi yesenia yesica yessenia "
    "dominga erasmo mauro geovanni giovani geovany chepe aracely aracelis eulogio cirilo nicanor "
    "sixta bonifacia eusebio eusebia pascuala domitila timoteo macario isabela nohelia edna ada "
    "maribel marielos xenia yuliana dulcemaria heysel heydi jafet josias jeremiah abner asael "
    "yessica yohana yolanda yolany yoselin yosselin yuri zoila zulema zully "
    # of English and Haitian speakers in the region
    "aaron adam alice amy andrew anna anne ashley barry benedict bernard bethany betsy "
    "beverly bradley brianna bruce carl carol caroline charles charlotte chloe chris christian "
    "christina christopher claire colin courtney craig dana darren deborah derek derrick diane "
    "donald donna dorothy douglas duane dwayne earl edward eleanor elijah ellie emily ethan "
    "eunice evan fiona fritz gabrielle gary gavin geoffrey george gerald gordon graham gregory "
    "guerline hannah harold harriet harry helena herbert howard isabella isaiah jackson jaden "
    "jake james jamie jane janet jason jayden jean jeffrey jemima jerome jerry jesse jill joan "
    "joanne joseline josephine joyce judith judy julie karl kathleen kayla keisha keith kendra "
    "kiara kim kyle lawrence leah lionel lisa logan louis louise lucy luke madison malcolm "
    "marcus margaret marie mariah mark marsha mary matthew megan melinda melvyn mia micah "
    "mildred mitchell molly natalie nathan nathaniel neil nigel noah oliver owen pamela pascal "
    "patrick paul peter philip phillip pierre rachel ralph raymond rebecca reginald "
    "richard robert robin rodney roger ronald rosemary roy ryan sally samantha sandy scott sean "
    "sharon shanice shawn sheldon sherry simone sophia sophie stanley stephen stuart susan "
    "tamara tanya taylor terrence theresa thomas timothy todd tracy travis trevor troy tyler "
    "tyrone vernon veronique vincent wayne wesley wilbert winston yvonne zachary zoe "
    # of the Maya and Garifuna
    "ixchel ixmucane nikte balam gaspar ixkik sacnite"
)

ANYONE = ONE | DEMONYM | GIVEN
PEOPLE = ANYONE | MANY

AMBIGUOUS = word_set(
    "alba alma ambar amparo angel aurora azucena belen blanca candelaria candida carmen carolina "
    "celeste christian clara concepcion consuelo craig cristal cruz dalia dolores domingo dulce "
    "esmeralda esperanza fatima felix fidel flor francis franklin genesis gloria graham "
    "guadalupe iris israel jackson jean jesus jordan justo kenya lady logan lourdes luz madison "
    "magdalena margarita marina mark maximo mercedes milagro milagros natividad pascal perla "
    "pilar reina robin rocio roman romeo rosa rosario salvador sandy santiago santos scott "
    "marco marcos mia norma barry cesar tomas soledad taylor todd trinidad troy victoria "
    "violeta virginia washington wilson"
)

SURNAME = word_set(
    "aguilar aguirre ajanel ajpop alarcon alfaro alonzo alvarado alvarenga alvarez amador amaya "
    "andino andrade antunez aparicio aquino arana archila arevalo argueta arias arita arriaga "
    "avila ayala bac banegas barahona barrera barrientos barrios bautista batz becerra beltran "
    "benitez bermudez bonilla bran brito bu caal caballero cabrera cac caceres calderon calel "
    "calix campos canales canas cano carballo carbajal cardona carias carranza carrasco carrera "
    "carrillo castaneda castellanos castellon castillo castro catalan cerna cerrato chavez "
    "chavarria "
    "chavarria chen chiquin choc choj choque chub chun ciprian claros coc colindres contreras "
    "cordero cordon cordova corea coreas cornejo coronado corrales cortes cortez corzo cotom "
    "coy cruz cuc cuellar cuxil cux cuz dardon delcid diaz dominguez dubon duarte duran "
    "echeverria enamorado escalante escobar escoto espana espino espinal espinoza estrada "
    "fajardo fernandez figueroa flores fonseca franco fuentes funes galan galdamez galeano "
    "galindo galicia galvez garay garcia garrido giron godinez godoy gomez gonzales "
    "gonzalez granados guardado guerra guerrero guevara guillen gutierrez guzman henriquez "
    "hernandez herrera hidalgo huezo ical ixcoy ixcayau jimenez juarez jovel landaverde "
    "lainez lara larios lemus leiva lopez lobo lobos lozano lucero lucas luna macario machado "
    "macias madrid maldonado mancia manzanares maradiaga marin marroquin martinez mata matute "
    "mayorga medina medrano mejia melara melendez melgar melgares membreno mena mendez mendoza "
    "menjivar merida meza mijangos miranda molina monroy montalvan montes montoya morales morazan "
    "moreira moreno mungia munguia munoz murcia murillo najarro najera nava navarrete navarro "
    "nolasco nunez ochoa ojeda olmedo oliva olivares orantes ordonez orellana oropeza ortega "
    "ortez ortiz osorio osorto oviedo oxlaj pacheco padilla palacios palma paredes parada pascual "
    "paz pec pena peralta perdomo perez pineda pinto pivaral pleitez pocop polanco ponce pop "
    "portillo posadas pozuelo prado puac puente quej quezada quintanilla quiroz rabanales ramirez "
    "ramos raxon raymundo recinos reyes rios rivas rivera robles rodas rodriguez rojas roldan "
    "romero rosales rubio ruano ruiz sagastume salazar saldana salguero salgado salinas salmeron "
    "sanabria sanchez sandoval santamaria santizo santos saravia sarmiento sazo segovia serrano "
    "sierra silva solano solis solorzano soriano sorto sosa soto suazo suarez tabora tax tejada "
    "tista tiul tobar torres toc tot trejo trujillo tumax turcios tun tut tzoc tzul umana urbina "
    "urrutia valdez valencia valenzuela valladares valle vallecillo varela vargas vasquez vazquez "
    "vega velasco velasquez velazquez velez ventura vides vigil villalobos villanueva villatoro "
    "villeda vivas xicay xol xuc yanes yat yax zamora zapata zavala zelaya zepeda zuniga "
    "augustin baptiste charles francois jean joseph louis pierre saint-louis toussaint "
    "smith johnson williams brown jones miller davis wilson anderson thomas taylor moore jackson "
    "thompson white harris clark lewis robinson walker young allen hall wright scott "
    "flowers gillett usher reid bennett castillo arzu norales guity suazo"
)

NOT_SURNAME = word_set(
    "ninez vez escasez vejez validez rapidez juez diez madurez calidez honradez lucidez solidez "
    "nitidez timidez estrechez sencillez embriaguez fluidez liquidez"
)

NOT_A_NAME = word_set(
    # peoples and nationalities, that may follow a child with a capital letter
    "hondureno hondurena honduran guatemalteco guatemalteca guatemalan salvadoreno salvadorena "
    "salvadoran nicaraguense nicaraguan mexicano mexicana mexican costarricense panameno "
    "panamena panamanian beliceno belicena belizean dominicano dominicana dominican haitiano "
    "haitiana haitian cubano cubana cuban venezolano venezolana venezuelan colombiano colombiana "
    "colombian ecuatoriano ecuatoriana ecuadorian canadiense canadian american estadounidense "
    "garifuna maya mayan miskito miskita misquito lenca quiche mam qeqchi kekchi kaqchikel "
    "qanjobal chorti pocomchi ixil xinca nahuatl tzotzil tzeltal creole embera guna gnobe "
    "ngabe spanish english french indigenous "
    # countries and places
    "honduras guatemala mexico belize belice panama nicaragua canada salvador haiti cuba usa "
    "texas chiapas tapachula tenosique reynosa tijuana "
    # words that begin sentences or stand for themselves
    "el la los las un una de del al y e o que se su sus en con por para sin no si como cuando "
    "donde mientras durante ademas tambien asimismo segun tras entre desde hasta este esta "
    "the a an of and or in on at to for with by from his her their its was is has had who which "
    "during after before while when where also additionally"
)

FUNCTION = word_set(
    "el la los las un una unos unas de del al y e o u que se su sus en con por para sin no ni si "
    "como cuando donde a ante bajo desde hasta hacia segun sobre tras entre lo le les es era fue "
    "son ser esta este esto muy mas ya the an of and or in on at to for with by from as it us "
    "is was are were be been has had who which that this these those back out off up upon after "
    "help attention home police hotline into again not so asi bien mal ayer hoy atencion "
    "anonimamente entrevista audiencia comparecer declarar victima"
)

ADJECTIVE = (
    r"(?:migrante|retornad[oa]|repatriad[oa]|no|acompanad[oa]|indigena|embarazada|"
    r"[a-z]{4,12}(?:eno|ena|eco|eca|ense|ano|ana|ian|ican)|mexican[oa]?|garifuna|mayan?|mam|"
    r"de edad|unaccompanied|returned|migrant|separated|victima|victim|solicitante|applicant|"
    r"referred|legal|matern[oa]|patern[oa]|biologic[oa]|maternal|paternal|biological|menor|"
    r"adolescente|nino|nina|joven|senorita|senora|senor|of)"
)
"""What may stand between a child and its name."""

NUMBERS = (
    "un|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|"
    "dieciseis|diecisiete|dieciocho|diecinueve|veinte|"
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty"
)
MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "ene|feb|mar|abr|jun|jul|ago|sept?|oct|nov|dic|jan|apr|aug|dec"
)
