// Times EM iterations of Armadillo's gmm_full and gmm_diag from given parameters: the difference between n iterations and none.
// Questions and answers as in peer.py.
#define ARMA_DONT_PRINT_FAST_MATH_WARNING
#include <armadillo>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

struct Problem
{
    arma::mat rows; // a row of the data in each column
    arma::rowvec weights;
    arma::mat means;
    arma::cube covariances;
    bool diagonal;
};

static Problem read(const std::string& rows_file, const std::string& parameter_file)
{
    std::ifstream text(parameter_file);
    arma::uword n, d, k;
    Problem problem;
    text >> n >> d >> k >> problem.diagonal;
    problem.rows.set_size(d, n);
    problem.weights.set_size(k);
    problem.means.set_size(d, k);
    problem.covariances.set_size(d, d, k);
    for (double& x : problem.weights) { text >> x; }
    for (double& x : problem.means) { text >> x; }
    for (double& x : problem.covariances) { text >> x; }
    std::ifstream(rows_file, std::ios::binary).read(reinterpret_cast<char*>(problem.rows.memptr()), n * d * sizeof(double));
    return problem;
}

static void set(arma::gmm_full& model, const Problem& problem) { model.set_params(problem.means, problem.covariances, problem.weights); }

static void set(arma::gmm_diag& model, const Problem& problem)
{
    arma::mat diagonals(arma::size(problem.means));
    for (arma::uword k = 0; k < diagonals.n_cols; k++) { diagonals.col(k) = problem.covariances.slice(k).diag(); }
    model.set_params(problem.means, diagonals, problem.weights);
}

struct Run
{
    double seconds;
    int iterations;
};

// learn() also stops where the log-likelihood no longer changes at all: what it prints tells how far it came.
template <typename Model>
static Run run(Model& model, const Problem& problem, arma::uword count)
{
    set(model, problem);
    std::ostringstream log;
    arma::set_cout_stream(log);
    auto begin = std::chrono::steady_clock::now();
    model.learn(problem.rows, problem.weights.n_elem, arma::eucl_dist, arma::keep_existing, 0, count, 1e-10, true);
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    int iterations = 0;
    for (std::size_t at = 0; (at = log.str().find("iteration:", at)) != std::string::npos; at++) { iterations++; }
    return { seconds, iterations };
}

template <typename Model>
static void measure(const Problem& problem, int count)
{
    Model model;
    double seconds = 0;
    int done = 0;
    Run some;
    do
    {
        Run none = run(model, problem, 0);
        some = run(model, problem, count);
        seconds += some.seconds - none.seconds;
        done += some.iterations;
    } while (some.iterations > 0 && done < count);
    std::printf("%.17g %d %.17g\n", 1000 * seconds / done, some.iterations, model.sum_log_p(problem.rows));
    std::fflush(stdout);
}

int main()
{
    arma::arma_version version;
    std::printf("Armadillo %u.%u.%u\n", version.major, version.minor, version.patch);
    std::fflush(stdout);
    std::string rows_file, parameter_file, current;
    std::unique_ptr<Problem> problem;
    int count;
    while (std::cin >> rows_file >> parameter_file >> count)
    {
        if (rows_file != current)
        {
            problem.reset();
            problem = std::make_unique<Problem>(read(rows_file, parameter_file));
            current = rows_file;
        }

        if (problem->diagonal) { measure<arma::gmm_diag>(*problem, count); }
        else { measure<arma::gmm_full>(*problem, count); }
    }
}
