// What the OWL API, HermiT and Openllet make of a file.  One command a line on standard input, words separated by tabs;
// answers are lines "key<TAB>value", ended by a line "done" for each command.  Works with OWL API 4.5 and 5.1.
//   load FILE FORMAT [CATALOG]   reads with that parser alone; answers axioms, rules, violations of OWL 2 DL
//   open FILE [CATALOG]          reads as Protégé opens a file: the first parser that can; answers the format that it found
//   store                        saves as Protégé does on Ctrl-S: to where it was opened, in the format that was found
//   dump FILE                    writes the axioms, one a line, sorted
//   save FILE FORMAT             saves what was loaded; a format is an ending or the name of a class, as RioTurtle
//   add FILE / remove FILE       adds or removes the axioms of a file in functional syntax
//   rename OLD NEW               renames an entity
//   refusal NAME                 hermit or openllet; what it says when it refuses what was loaded, else consistent
//   reason NAME PREDICATES FILE  hermit or openllet; writes the facts of the predicates (a file of IRIs) that hold
import java.io.*;
import java.nio.file.*;
import java.util.*;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.formats.*;
import org.semanticweb.owlapi.io.*;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.profiles.*;
import org.semanticweb.owlapi.reasoner.*;
import org.semanticweb.owlapi.util.*;

@SuppressWarnings("deprecation")
public class OwlApi {
    static PrintStream out;
    static OWLOntologyManager manager;
    static OWLOntology ontology;
    static Commands more = words -> { throw new IllegalArgumentException(words[0]); };

    interface Commands {
        void run(String[] words) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line; (line = in.readLine()) != null;) {
            try {
                run(line.split("\t"));
            } catch (Throwable failure) {
                say("failed", failure);
            }
            out.println("done");
        }
        System.exit(0);
    }

    static void say(String key, Object value) {
        out.println(key + "\t" + one(value));
    }

    static String one(Object value) {
        return String.valueOf(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    static void run(String[] words) throws Exception {
        switch (words[0]) {
            case "load": load(words); break;
            case "open": open(words); break;
            case "store": manager.saveOntology(ontology); break;
            case "dump": dump(words[1]); break;
            case "save": manager.saveOntology(ontology, format(words[2]), IRI.create(new File(words[1]))); break;
            case "add": manager.addAxioms(ontology, axioms(words[1])); break;
            case "remove": say("removed", remove(words[1])); break;
            case "rename": rename(IRI.create(words[1]), IRI.create(words[2])); break;
            case "refusal": refusal(words[1]); break;
            case "reason": reason(words[1], words[2], words[3]); break;
            default: more.run(words);
        }
    }

    static OWLDocumentFormat format(String name) throws Exception {
        switch (name) {
            case "owl": return new RDFXMLDocumentFormat();
            case "ttl": case "nt": return new TurtleDocumentFormat();
            case "ofn": return new FunctionalSyntaxDocumentFormat();
            case "owx": return new OWLXMLDocumentFormat();
            default: return (OWLDocumentFormat) Class.forName("org.semanticweb.owlapi.formats." + name + "DocumentFormat")
                .getDeclaredConstructor().newInstance();
        }
    }

    static OWLOntology read(OWLOntologyManager into, String file, String form) throws Exception {
        OWLOntologyLoaderConfiguration quiet = new OWLOntologyLoaderConfiguration()
            .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT);
        return into.loadOntologyFromOntologyDocument(new FileDocumentSource(new File(file), format(form)), quiet);
    }

    static void manage(String[] words, int catalog) {
        manager = OWLManager.createOWLOntologyManager();
        manager.addMissingImportListener(event -> say("missing", event.getImportedOntologyURI()));
        for (int i = catalog; i + 1 < words.length; i += 2)
            manager.getIRIMappers().add(new SimpleIRIMapper(IRI.create(words[i]), IRI.create(new File(words[i + 1]))));
    }

    static void open(String[] words) throws Exception {
        manage(words, 2);
        OWLOntologyLoaderConfiguration quiet = new OWLOntologyLoaderConfiguration()
            .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT);
        ontology = manager.loadOntologyFromOntologyDocument(
            new IRIDocumentSource(IRI.create(new File(words[1])), null, null), quiet);
        say("format", manager.getOntologyFormat(ontology));
    }

    static void load(String[] words) throws Exception {
        manage(words, 3);
        ontology = read(manager, words[1], words[2]);
        say("axioms", ontology.getAxioms().size());
        say("rules", ontology.getAxioms(AxiomType.SWRL_RULE).size());
        for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations())
            say("violation", violation.getClass().getSimpleName() + " " + violation);
    }

    static Set<OWLAxiom> axioms(String file) throws Exception {
        return new HashSet<>(read(OWLManager.createOWLOntologyManager(), file, "ofn").getAxioms());
    }

    static int remove(String file) throws Exception {
        int count = 0;
        for (OWLAxiom unwanted : axioms(file))
            for (OWLAxiom axiom : new ArrayList<>(ontology.getAxioms()))
                if (axiom.equalsIgnoreAnnotations(unwanted) && !(unwanted instanceof OWLDeclarationAxiom)) {
                    manager.removeAxiom(ontology, axiom);
                    count++;
                }
        return count;
    }

    static void rename(IRI old, IRI fresh) {
        manager.applyChanges(new OWLEntityRenamer(manager, Collections.singleton(ontology)).changeIRI(old, fresh));
    }

    static void dump(String file) throws Exception {
        TreeSet<String> lines = new TreeSet<>();
        for (OWLAxiom axiom : ontology.getAxioms()) {
            TreeSet<String> notes = new TreeSet<>();
            for (OWLAnnotation note : axiom.getAnnotations()) notes.add(one(note));
            lines.add(plain(axiom) + "  " + notes);
        }
        for (OWLAnnotation note : ontology.getAnnotations()) lines.add("header " + one(note));
        for (OWLImportsDeclaration imported : ontology.getImportsDeclarations()) lines.add("import " + imported.getIRI());
        Files.write(Paths.get(file), lines);
    }

    static String plain(OWLAxiom axiom) {
        if (!(axiom instanceof SWRLRule)) return one(axiom.getAxiomWithoutAnnotations());
        TreeSet<String> body = new TreeSet<>(), head = new TreeSet<>();
        for (SWRLAtom atom : ((SWRLRule) axiom).getBody()) body.add(one(atom));
        for (SWRLAtom atom : ((SWRLRule) axiom).getHead()) head.add(one(atom));
        return "rule " + body + " -> " + head;
    }

    static void refusal(String name) throws Exception {
        try {
            OWLReasoner reasoner = factory(name).createReasoner(ontology);
            say("consistent", reasoner.isConsistent());
            reasoner.dispose();
        } catch (RuntimeException refused) {
            say("refused", refused);
        }
    }

    static OWLReasonerFactory factory(String name) throws Exception {
        return (OWLReasonerFactory) Class.forName(name.equals("hermit")
            ? factoryOfHermit() : "openllet.owlapi.OpenlletReasonerFactory").getDeclaredConstructor().newInstance();
    }

    static void reason(String name, String predicates, String file) throws Exception {
        OWLReasonerFactory factory = factory(name);
        OWLOntologyManager apart = OWLManager.createOWLOntologyManager();
        OWLOntology whole = apart.createOntology(IRI.create("urn:whole"));
        for (OWLOntology part : ontology.getImportsClosure()) apart.addAxioms(whole, new HashSet<OWLAxiom>(part.getAxioms()));
        OWLReasoner reasoner = factory.createReasoner(whole);
        say("consistent", reasoner.isConsistent());
        for (OWLClass cls : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()) say("unsatisfiable", cls);
        TreeSet<String> facts = new TreeSet<>();
        OWLDataFactory make = apart.getOWLDataFactory();
        for (String iri : Files.readAllLines(Paths.get(predicates))) {
            if (whole.containsClassInSignature(IRI.create(iri)))
                for (OWLNamedIndividual member : reasoner.getInstances(make.getOWLClass(IRI.create(iri)), false).getFlattened())
                    facts.add(iri + "\t" + member.getIRI());
            if (whole.containsObjectPropertyInSignature(IRI.create(iri)))
                for (OWLNamedIndividual subject : whole.getIndividualsInSignature())
                    for (OWLNamedIndividual object : reasoner.getObjectPropertyValues(
                            subject, make.getOWLObjectProperty(IRI.create(iri))).getFlattened())
                        facts.add(iri + "\t" + subject.getIRI() + "\t" + object.getIRI());
        }
        Files.write(Paths.get(file), facts);
        reasoner.dispose();
    }

    static String factoryOfHermit() {
        try {
            Class.forName("org.semanticweb.HermiT.ReasonerFactory");
            return "org.semanticweb.HermiT.ReasonerFactory";
        } catch (ClassNotFoundException absent) {
            return "org.semanticweb.HermiT.Reasoner$ReasonerFactory";
        }
    }
}
